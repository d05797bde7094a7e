using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;

namespace DriverMonitor.Fleet.Tests.Orders;

/// <summary>A program asks one vehicle for something, on either store: once, and never another tenant's.</summary>
public sealed class OrderApiTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SentOrders _way = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_request_that_comes_again_is_one_order(string store)
    {
        await using var fleet = await StartAsync(store);
        var (acme, beta) = (await fleet.ClientAsync("acme", "read", "orders"), await fleet.ClientAsync("beta", "read", "orders"));

        var asked = await AskAsync(acme, "veh-1", "{}", "night-7");
        Assert.Equal(HttpStatusCode.Created, asked.StatusCode);
        var order = await acme.GetFromJsonAsync<OrderView>(asked.Headers.Location);
        Assert.Equal(("veh-1", "locate-fault", "token:test"), (order!.Vehicle, order.Name, order.AskedBy));
        Assert.NotNull(order.SentAt);
        // Eight that heard no answer, all at once.
        var again = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(acme, "veh-1", "{}", "night-7")));
        Assert.All(again, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        foreach (var answer in again) Assert.Equal(order.Id, (await answer.Content.ReadFromJsonAsync<OrderView>())!.Id);
        Assert.Equal(order.Id, Assert.Single(_way.Sent).Id);

        Assert.Equal(HttpStatusCode.Conflict, (await AskAsync(acme, "veh-2", "{}", "night-7")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await AskAsync(acme, "veh-1", """{"set":{"Judgement:Strict":true}}""", "night-7", "config")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await AskAsync(beta, "theirs", "{}", "night-7")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await beta.GetAsync(asked.Headers.Location)).StatusCode);
        Assert.Equal("acme/veh-1 beta/theirs", string.Join(' ', _way.Sent.Select(one => one.To)));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Another_tenants_vehicle_is_not_there_and_a_flood_is_held_back(string store)
    {
        await using var fleet = await StartAsync(store);
        var client = await fleet.ClientAsync("acme", "read", "orders");

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(client, "theirs", "{}", "one")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(client, "nobody", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(await fleet.ClientAsync("acme", "read"), "veh-1", "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(await fleet.ClientAsync("acme"), "veh-1", "{}")).StatusCode);
        Assert.Empty(_way.Sent);
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Created, (await AskAsync(client, "veh-1", "{}")).StatusCode);
        var busy = await AskAsync(client, "veh-1", "{}", "late");

        Assert.Equal((HttpStatusCode.TooManyRequests, 60), (busy.StatusCode, busy.Headers.RetryAfter?.Delta?.TotalSeconds));
        Assert.Equal(HttpStatusCode.Created, (await AskAsync(client, "veh-2", "{}")).StatusCode);
        Assert.Equal(6, _way.Sent.Select(one => one.Counter).Distinct().Count());
        Assert.Equal(0, await new Seed(fleet.Database).ScalarAsync<int>(
            "select count(*) from orders o join vehicle v on v.id = o.vehicle_id where v.tenant_id <> o.tenant_id"));
    }

    //  what is posted                                                     what a client did there
    [Theory]
    [InlineData("""{"vehicle":"veh-1","name":"erase","args":{"driver":"anna"}}""")]
    [InlineData("""{"vehicle":"veh-1","name":"locate-fault","args":{"x":1}}""")]
    [InlineData("""{"vehicle":"veh-1","vehicle":"veh-2","name":"locate-fault"}""")]
    [InlineData("""{"vehicle":"veh-1","name":"config","args":{"set":{"Judgement:Fatigue:Enabled":false}}}""")]
    [InlineData("""{"vehicle":"../veh-1","name":"locate-fault"}""")]
    [InlineData("""{"vehicle":"veh-1\u0000","name":"locate-fault"}""")]
    [InlineData("""{"vehicle":"*","name":"locate-fault"}""")]
    [InlineData("""{"name":"locate-fault"}""")]
    [InlineData("""{"vehicle":7,"name":"locate-fault"}""")]
    [InlineData("""{"vehicle":"veh-1","name":"locate-fault","args":[]}""")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{")]
    public async Task What_no_vehicle_would_obey_is_refused(string body)
    {
        await using var fleet = await StartAsync("sqlite");
        var client = await fleet.ClientAsync("acme", "read", "orders");

        using var content = new StringContent(body, null, "application/json");
        var answer = await client.PostAsync(new Uri("/api/v1/orders", UriKind.Relative), content);

        Assert.Equal((HttpStatusCode.BadRequest, 0), (answer.StatusCode, _way.Sent.Count));
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused_and_the_contract_names_it()
    {
        await using var fleet = await StartAsync("sqlite");
        var client = await fleet.ClientAsync("acme", "read", "orders");
        foreach (var key in new[] { new string('k', 65), "two words" })
            Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(client, "veh-1", "{}", key)).StatusCode);

        var post = JsonNode.Parse(await client.GetStringAsync("/openapi.json"))!["paths"]!["/api/v1/orders"]!["post"]!;

        Assert.Equal("Idempotency-Key", (string?)post["parameters"]![0]!["name"]);
        foreach (var status in new[] { "200", "201", "400", "404", "409", "429" }) Assert.NotNull(post["responses"]![status]);
    }

    private Task<FleetHost> StartAsync(string store) => OrderFleet.StartAsync(store, _folder, _way);

    private static async Task<HttpResponseMessage> AskAsync(
        HttpClient client, string vehicle, string args, string? key = null, string name = "locate-fault")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/orders")
        {
            Content = new StringContent($$"""{"vehicle":"{{vehicle}}","name":"{{name}}","args":{{args}}}""", null, "application/json"),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }
}
