using System.Net.Http.Json;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Rights;

/// <summary>A vehicle says that it has forgotten a driver, and the fleet forgets, too: no more and no less.</summary>
public sealed class EraserTests : IDisposable
{
    private const string Anna = "p:9f2c7a11c0de4b55", Emil = "p:0123456789abcdef";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Below_P2_a_receipt_means_everything_before_it(string store)
    {
        await using var fleet = await FleetHost.StartAsync(store, _folder);
        var seed = new Seed(fleet.Database);
        var (vehicle, other) = (await seed.VehicleAsync("acme", "veh-0001"), await seed.VehicleAsync("acme", "veh-0002"));
        await fleet.FeedAsync();
        await Raised(seed, vehicle, 1, "7-1");
        await Raised(seed, vehicle, 9, "7-2");
        await Raised(seed, other, 1, "7-1");
        await seed.EventAsync(vehicle, 2, EventType.DeviceStatus, """{"status":"camera_covered"}""", kind: EventKind.Device);
        await Receipt(seed, vehicle, 5, Anna);

        await fleet.FeedAsync();
        await fleet.FeedAsync();

        Assert.Equal("1:False 2:True 5:True 9:True", await Told(seed, vehicle));
        Assert.Equal("1:True", await Told(seed, other));
        Assert.Equal(0, await seed.ScalarAsync<int>($"select kind from episode where vehicle_id = {vehicle} and episode = '7-1'"));
        Assert.Equal("eyes_closed", await seed.ScalarAsync<string>($"select rule from episode where vehicle_id = {vehicle} and episode = '7-2'"));
        var receipt = Assert.Single(await fleet.Get<ErasureLog>().ListAsync(1, long.MaxValue, 10, default));
        Assert.Equal(($"veh-0001:{Seed.EpochText}:5", Anna, 1), (receipt.Receipt, receipt.Pseudonym, receipt.Rows));
        Assert.Equal(1, await seed.ScalarAsync<int>("select count(*) from audit where who = 'vehicle'"));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task From_P2_on_it_means_the_trips_of_that_driver(string store)
    {
        await using var fleet = await FleetHost.StartAsync(store, _folder);
        var seed = new Seed(fleet.Database);
        var vehicle = await seed.VehicleAsync("acme", "veh-0001", privacy: 2);
        await fleet.FeedAsync();
        await Raised(seed, vehicle, 1, "7-1", """{"trip":"7-1","why":[]}""");
        await seed.EventAsync(vehicle, 2, EventType.Cleared, """{"why":[]}""", "7-1", EventKind.Fatigue);
        await seed.EventAsync(vehicle, 3, EventType.TripEnded, $$"""{"trip":"7-1","driver":"{{Anna}}"}""");
        await Raised(seed, vehicle, 4, "7-2", """{"trip":"7-2","why":[]}""");
        await seed.EventAsync(vehicle, 5, EventType.TripEnded, $$"""{"trip":"7-2","driver":"{{Emil}}"}""");
        await Receipt(seed, vehicle, 6, Anna);

        await fleet.FeedAsync();

        Assert.Equal("1:False 2:False 3:False 4:True 5:True 6:True", await Told(seed, vehicle));
    }

    [Fact]
    public async Task What_is_sent_again_after_an_erasure_does_not_come_back()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var seed = new Seed(fleet.Database);
        var vehicle = await seed.VehicleAsync("acme", "veh-0001");
        await fleet.FeedAsync();
        await Receipt(seed, vehicle, 5, Anna);
        await fleet.FeedAsync();

        await Raised(seed, vehicle, 3, "7-1", at: Seed.Now - 60_000);
        await fleet.Get<Eraser>().RepeatAsync(TimeSpan.FromDays(1), default);

        Assert.Equal("3:False 5:True", await Told(seed, vehicle));
    }

    [Fact]
    public async Task A_person_may_ask_for_a_time_and_gets_a_receipt()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var seed = new Seed(fleet.Database);
        var vehicle = await seed.VehicleAsync("acme", "veh-0001");
        await Raised(seed, vehicle, 1, "7-1", at: DateTimeOffset.Parse("2026-03-01T12:00:00Z", null).ToUnixTimeMilliseconds());
        await Raised(seed, vehicle, 2, "7-2", at: DateTimeOffset.Parse("2026-03-02T12:00:00Z", null).ToUnixTimeMilliseconds());
        var client = await fleet.ClientAsync("acme", "erase");

        var answer = await client.PostAsJsonAsync(
            "/api/v1/erasures", new { vehicle = "veh-0001", from = "2026-03-01T00:00:00Z", to = "2026-03-02T00:00:00Z" });

        Assert.Equal("""{"rows":1}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("1:False 2:True", await Told(seed, vehicle));
        Assert.Contains("\"rows\":1", await client.GetStringAsync("/api/v1/erasures"), StringComparison.Ordinal);
    }

    private static Task Raised(Seed seed, int vehicle, long seq, string episode, string body = """{"why":[]}""", long? at = null) =>
        seed.EventAsync(vehicle, seq, EventType.Raised, body, episode, EventKind.Fatigue, at);

    private static Task Receipt(Seed seed, int vehicle, long seq, string driver) =>
        seed.EventAsync(vehicle, seq, EventType.Erased, $$"""{"driver":"{{driver}}","files":2}""");

    /// <summary>Numbers, and whether the event still says something.</summary>
    private static async Task<string> Told(Seed seed, int vehicle)
    {
        await using var connection = await seed.OpenAsync();
        var rows = await Fleet.Storage.Statements.ReadAsync(
            connection, "select seq, body from event where vehicle_id = @vehicle order by seq",
            row => $"{row.GetInt64(0)}:{row.GetString(1) != "{}"}", default, ("vehicle", vehicle));
        return string.Join(' ', rows);
    }
}
