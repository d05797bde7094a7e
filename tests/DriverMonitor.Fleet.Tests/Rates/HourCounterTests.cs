using DriverMonitor.Core.Events;
using DriverMonitor.Core.Wire;
using DriverMonitor.Fleet.Rates;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Rates;

/// <summary>Hours are counted from stored events, once however often they are read.</summary>
public sealed class HourCounterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_trip_fills_its_hours_and_alerts_are_counted_once(string kind)
    {
        await using var fleet = await FleetHost.StartAsync(kind, _folder);
        var vehicle = new Vehicle();
        // 08:00 to 09:30, 93 % judged; the alerts at 08:00:01 and 08:00:02, one of them disputed.
        await PutAsync(
            fleet, vehicle.Raise(1), vehicle.Says.Alert(2, TimeSpan.FromSeconds(2), AlertPhase.Raised, 2),
            vehicle.Says.Dispute(3, TimeSpan.FromMinutes(4), 1), vehicle.Says.Trip(4, TimeSpan.FromHours(1.5), 1, TimeSpan.FromHours(1.5)));
        await fleet.FeedAsync();
        await PutAsync(fleet, vehicle.Says.Alert(5, TimeSpan.FromMinutes(61), AlertPhase.Raised, 4));
        await fleet.FeedAsync();

        Assert.Equal(
            [
                "0h 3600 {\"any\":3348,\"distraction\":3240,\"fatigue\":3348} {\"distraction\":2} {\"distraction\":1}",
                "1h 1800 {\"any\":1674,\"distraction\":1620,\"fatigue\":1674} {\"fatigue\":1} {}",
            ],
            await HoursAsync(fleet));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_alert_of_a_vehicle_without_a_clock_is_counted_when_it_was_once_that_is_known(string kind)
    {
        await using var fleet = await FleetHost.StartAsync(kind, _folder);
        var vehicle = new Vehicle();
        await PutAsync(fleet, vehicle.Says.Alert(1, TimeSpan.FromMinutes(125), AlertPhase.Raised, 1, WireClock.Unset));
        await fleet.FeedAsync();
        Assert.Empty(await HoursAsync(fleet));

        await PutAsync(fleet, vehicle.Says.ClockFix(2, TimeSpan.FromMinutes(130)));
        await fleet.FeedAsync();

        Assert.Equal(["2h 0 {} {\"distraction\":1} {}"], await HoursAsync(fleet));
    }

    [Fact]
    public async Task What_was_erased_stays_counted()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var vehicle = new Vehicle();
        await PutAsync(fleet, vehicle.Raise(1), vehicle.Says.Trip(2, TimeSpan.FromHours(1), 1, TimeSpan.FromHours(1)));
        await fleet.FeedAsync();
        await fleet.Get<Fleet.Rights.Eraser>().EraseAsync(1, 1, 0, long.MaxValue, "test", default);

        await PutAsync(fleet, vehicle.Says.Alert(3, TimeSpan.FromMinutes(3), AlertPhase.Raised, 4));
        await fleet.FeedAsync();

        var hour = Assert.Single(await HoursAsync(fleet), hour => hour.StartsWith("0h", StringComparison.Ordinal));
        Assert.StartsWith("0h 3600 {\"any\":3348,\"distraction\":3240,\"fatigue\":3348} {\"distraction\":1,\"fatigue\":1", hour, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"durationS":9223372036854775807,"judged":{"fatigue":9e99}}""", 24, 1)]
    [InlineData("""{"durationS":60,"judged":{"fatigue":-1,"<script>":1}}""", 0, 0)]
    public void A_trip_that_cannot_be_is_cut_to_what_can(string body, int hours, double share)
    {
        var trip = Trip.Read(endedAt: 0, body)!;

        Assert.Equal((hours, share), ((int)TimeSpan.FromMilliseconds(trip.To - trip.From).TotalHours, trip.Judged["fatigue"]));
        Assert.Single(trip.Judged);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"durationS":-5}""")]
    [InlineData("""{"durationS":"long"}""")]
    [InlineData("""{"durationS":1.5}""")]
    [InlineData("nonsense")]
    public void What_says_nothing_of_a_trip_is_none(string body) => Assert.Null(Trip.Read(0, body));

    private static Task<PutResult> PutAsync(FleetHost fleet, params (string Topic, byte[] Body)[] messages) =>
        fleet.Get<IEventStore>().PutAsync(Vehicle.Batch(messages) with { ReceivedAt = Seed.Now }, default);

    private static async Task<IReadOnlyList<string>> HoursAsync(FleetHost fleet)
    {
        await using var connection = await fleet.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        var start = Vehicle.Start.ToUnixTimeMilliseconds();
        return await connection.ReadAsync(
            "select at, driven_s, judged_s, raised, disputed from hour order by at",
            row => $"{(row.GetInt64(0) - start) / HourCounter.Hour}h {row.GetInt32(1)} {row.GetString(2)} {row.GetString(3)} {row.GetString(4)}",
            default);
    }
}
