using System.Net;
using System.Net.Http.Json;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;
using DriverMonitor.Fleet.Webhooks;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Webhooks;

/// <summary>Alerts go out to real HTTP servers on loopback.</summary>
public sealed class WebhookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_webhook_to_169_254_169_254_is_refused()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var client = await fleet.ClientAsync("acme", "webhooks");

        var answer = await client.PostAsJsonAsync("/api/v1/webhooks", new { url = "https://169.254.169.254/latest/meta-data" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("private network", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await new Seed(fleet.Database).ScalarAsync<int>("select count(*) from webhook"));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_alert_is_sent_once_and_signed_and_a_dead_target_holds_nobody_up(string store)
    {
        await using var target = new HookTarget();
        await using var dead = new HookTarget(status: 500);
        await using var fleet = await FleetHost.StartAsync(store, _folder);
        var client = await fleet.ClientAsync("acme", "webhooks");
        var vehicle = await new Seed(fleet.Database).VehicleAsync("acme", "veh-0001");
        await AddAsync(client, dead.Url);
        var (id, secret) = await AddAsync(client, target.Url, "raised");
        await fleet.FeedAsync();

        await new Seed(fleet.Database).EventAsync(vehicle, 1, EventType.Raised, """{"v":3.1}""", "7-0412", EventKind.Fatigue);
        await new Seed(fleet.Database).EventAsync(vehicle, 2, EventType.Cleared, "{}", "7-0412", EventKind.Fatigue);
        await fleet.FeedAsync();
        await fleet.FeedAsync();

        var message = await target.NextAsync();
        Assert.Equal(
            message.Signature, WebhookClient.Signature(secret, message.Id, message.Timestamp, message.Body));
        Assert.Contains("\"type\":\"raised\",\"tenant\":\"acme\",\"vehicle\":\"veh-0001\"", message.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("3.1", message.Body, StringComparison.Ordinal);
        await dead.NextAsync();
        await Eventually.Sees("the delivery to be told", async () =>
            (await client.GetFromJsonAsync<DeliveryView[]>($"/api/v1/webhooks/{id}/deliveries")) is [{ State: "done" }]);
        Assert.Equal(1, target.Count);
    }

    [Fact]
    public async Task After_24_hours_a_message_is_given_up_and_a_finding_says_so()
    {
        await using var dead = new HookTarget(status: 500);
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var seed = new Seed(fleet.Database);
        await seed.VehicleAsync("acme", "veh-0001");
        await AddAsync(await fleet.ClientAsync("acme", "webhooks"), dead.Url);

        await seed.ScalarAsync<int>(
            $"insert into delivery (webhook_id, event, created_at, body, attempts, next_at) values (1, 'veh-0001:1:1', {Seed.Now - 90_000_000}, '{{}}', 30, 0)");

        await Eventually.Sees("a finding", async () =>
            await seed.ScalarAsync<string>("select detail from finding") == "webhook 1 took nothing for 24 h: it answered 500");
        Assert.Equal(1, await seed.ScalarAsync<int>("select count(*) from delivery where failed_at is not null"));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(5, 80)]
    [InlineData(11, 3600)]
    [InlineData(1000, 3600)]
    public void Pauses_grow_to_an_hour(int attempts, int seconds) =>
        Assert.Equal(seconds, WebhookSender.PauseAfter(attempts).TotalSeconds);

    private static async Task<(int Id, string Secret)> AddAsync(HttpClient client, string url, params string[] events)
    {
        var answer = await client.PostAsJsonAsync("/api/v1/webhooks", new { url, events });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var made = (await answer.Content.ReadFromJsonAsync<NewWebhook>())!;
        return (made.Id, made.Secret);
    }
}
