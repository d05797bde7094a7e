using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Threading.Channels;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Orders;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Orders;

/// <summary>Orders from the console: shown before they are sent, signed, counted, and obeyed once.</summary>
public sealed class OrderDeskTests : IDisposable
{
    private static readonly Uri Bulk = new("/api/v1/orders/bulk", UriKind.Relative);

    private readonly TemporaryFolder _folder = new();
    private readonly SentOrders _way = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Nothing_leaves_before_it_was_shown_and_then_only_what_was_shown(string store)
    {
        await using var fleet = await StartAsync(store);
        var client = await fleet.ClientAsync("acme", "read", "orders");

        var plan = await PostAsync(client, isDryRun: true, confirm: null, "*");
        Assert.Equal(("veh-1 veh-2", 0), (string.Join(' ', plan!.Vehicles), _way.Sent.Count));
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(client, "guessed", "*"));
        await new Seed(fleet.Database).VehicleAsync("acme", "veh-3");
        // Somebody came between: it was not among those that were shown.
        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(client, plan.Confirm, "*"));
        Assert.Empty(_way.Sent);
        plan = await PostAsync(client, isDryRun: true, confirm: null, "veh-1", "theirs");
        Assert.Equal(("veh-1", "theirs"), (Assert.Single(plan!.Vehicles), Assert.Single(plan.Unknown)));
        await PostAsync(client, isDryRun: false, plan.Confirm, "veh-1", "theirs");

        Assert.Equal("acme/veh-1", Assert.Single(_way.Sent).To);
    }

    [Fact]
    public async Task Order_replay_a_vehicle_obeys_an_order_once_and_two_at_once_have_two_counters()
    {
        await using var fleet = await StartAsync();
        var client = await fleet.ClientAsync("acme", "read", "orders");
        var plan = await PostAsync(client, isDryRun: true, confirm: null, "veh-1");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostAsync(client, isDryRun: false, plan!.Confirm, "veh-1")));
        var guard = new CommandReplayGuard(
            "acme/veh-1", new Dictionary<string, IReadOnlySet<string>> { ["console-1"] = new HashSet<string> { "locate-fault" } },
            ImmutableDictionary<string, long>.Empty);

        var orders = _way.Sent.OrderBy(order => order.Counter).ToList();
        Assert.Equal(3, orders.Select(order => order.Counter).Distinct().Count());
        Assert.All(orders, order => Assert.Null(guard.CheckAddress(order)));
        Assert.All(orders, order => Assert.Null(guard.Admit(order, TimeSpan.Zero, null)));
        Assert.All(orders, order => Assert.Equal(CommandRefusal.Replayed, guard.Admit(order, TimeSpan.Zero, null)));
    }

    [Theory]
    [InlineData("erase", """{"driver":"anna"}""")]
    [InlineData("export", "{}")]
    [InlineData("config", """{"set":{"Judgement:Fatigue:Enabled":false}}""")]
    [InlineData("config", """{"set":{"Mqtt:Host":"evil.example"}}""")]
    [InlineData("config", "{}")]
    [InlineData("config", """{"set":{"Mqtt:KeepAlive":{"a":1}}}""")]
    [InlineData("config", """{"set":[]}""")]
    [InlineData("locate-fault", """{"x":1}""")]
    [InlineData("update", """{"version":"0.3.0"}""")]
    [InlineData("update", """{"version":"0.3.0","percent":101}""")]
    [InlineData("update", """{"version":"0.3.0","percent":-1}""")]
    [InlineData("update", """{"version":"0.3.0","percent":"10"}""")]
    [InlineData("update", """{"version":"0.3.0; reboot","percent":10}""")]
    [InlineData("update", """{"version":"-o=x","percent":10}""")]
    [InlineData("update", """{"version":"0.3.0","percent":10,"force":true}""")]
    public async Task What_a_vehicle_would_refuse_or_concerns_a_person_is_not_signed(string name, string args)
    {
        await using var fleet = await StartAsync();
        var client = await fleet.ClientAsync("acme", "read", "orders");
        using var body = new StringContent($$"""{"name":"{{name}}","vehicles":["*"],"args":{{args}},"isDryRun":true}""", null, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync(new Uri("/api/v1/orders/bulk", UriKind.Relative), body)).StatusCode);
    }

    /// <summary>All hear of a rollout; the dry run counts the same vehicles as find themselves meant.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(100)]
    public async Task An_update_is_shown_to_those_whose_turn_it_is_before_it_is_sent_to_all(int percent)
    {
        await using var fleet = await StartAsync();
        for (var number = 3; number <= 40; number++) await new Seed(fleet.Database).VehicleAsync("acme", $"veh-{number}");
        var client = await fleet.ClientAsync("acme", "read", "orders");
        var args = new { version = "0.3.0", percent };

        var shown = await UpdateAsync(client, args, isDryRun: true, confirm: null);
        Assert.Empty(_way.Sent);
        await UpdateAsync(client, args, isDryRun: false, shown.Confirm);

        Assert.Equal(40, _way.Sent.Count);
        Assert.All(_way.Sent, order => Assert.Equal(new FleetCommand.UpdateProgram("0.3.0", percent), order.Order));
        Assert.Equal(
            _way.Sent.Where(order => Rollout.Includes(order.To, "0.3.0", percent)).Select(order => order.To).Order(),
            shown.Meant!.Select(vehicle => $"acme/{vehicle}").Order());
        // A share that was not shown is another order.
        using var other = new StringContent(
            $$"""{"name":"update","vehicles":["*"],"args":{"version":"0.3.0","percent":{{(percent + 1) % 101}}},"isDryRun":false,"confirm":"{{shown.Confirm}}"}""",
            null, "application/json");
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsync(Bulk, other)).StatusCode);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Only_the_vehicle_that_was_asked_can_answer_and_a_flood_is_held_back(string store)
    {
        await using var fleet = await StartAsync(store);
        var (client, seed) = (await fleet.ClientAsync("acme", "read", "orders"), new Seed(fleet.Database));
        await fleet.FeedAsync();
        var plan = await PostAsync(client, isDryRun: true, confirm: null, "veh-1");
        for (var i = 0; i < 5; i++) await PostAsync(client, isDryRun: false, plan!.Confirm, "veh-1");
        Assert.Equal("veh-1", Assert.Single((await PostAsync(client, isDryRun: false, plan!.Confirm, "veh-1"))!.Busy));
        Assert.Equal(5, _way.Sent.Count);

        var id = _way.Sent[0].Id;
        var answer = $$"""{"id":"{{id}}","name":"locate-fault","ok":true,"lines":["camera: ok"]}""";
        await seed.EventAsync(2, 1, EventType.OrderAnswer, answer);
        await fleet.FeedAsync();
        Assert.Equal(0, await seed.ScalarAsync<int>("select count(*) from orders where answer is not null"));
        await seed.EventAsync(1, 2, EventType.OrderAnswer, answer);
        await fleet.FeedAsync();
        Assert.Equal(1, await seed.ScalarAsync<int>("select count(*) from orders where answer is not null and answered_at is not null"));
    }

    private Task<FleetHost> StartAsync(string store = "sqlite") => OrderFleet.StartAsync(store, _folder, _way);

    private static async Task<OrderPlan?> PostAsync(HttpClient client, bool isDryRun, string? confirm, params string[] vehicles)
    {
        var answer = await client.PostAsJsonAsync("/api/v1/orders/bulk", new { name = "locate-fault", vehicles, isDryRun, confirm });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<OrderPlan>();
    }

    private static async Task<OrderPlan> UpdateAsync(HttpClient client, object args, bool isDryRun, string? confirm)
    {
        string[] vehicles = ["*"];
        var answer = await client.PostAsJsonAsync(Bulk, new { name = "update", vehicles, args, isDryRun, confirm });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<OrderPlan>())!;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string confirm, params string[] vehicles) =>
        (await client.PostAsJsonAsync("/api/v1/orders/bulk", new { name = "locate-fault", vehicles, isDryRun = false, confirm })).StatusCode;
}
