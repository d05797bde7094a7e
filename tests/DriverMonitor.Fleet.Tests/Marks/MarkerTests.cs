using System.Security.Cryptography;
using DriverMonitor.Fleet.Marks;
using DriverMonitor.Fleet.Orders;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Fleet.Tests.Marks;

/// <summary>What vehicles are told, from rows of a real store; the clock is the test's.</summary>
public sealed class MarkerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly FakeTimeProvider _time = new(Vehicle.Start.AddHours(1));
    private readonly Vehicle _vehicle = new();
    private readonly RecordedOrders _orders = new();

    public static TheoryData<string> Kinds => ["sqlite", "postgres"];

    public void Dispose()
    {
        _folder.Dispose();
        _key.Dispose();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_mark_goes_out_after_fifty_events_or_five_minutes_and_not_before(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        using var marker = Marker(store);
        await PutAsync(store, 1, 49);
        Assert.Equal("", await StepAsync(marker, seconds: 5));
        await PutAsync(store, 50, 50);
        Assert.Equal("acme/veh-0001 up to 50 missing none", await StepAsync(marker, seconds: 5));
        Assert.Equal("", await StepAsync(marker, seconds: 600));
        await PutAsync(store, 51, 51);
        Assert.Equal("", await StepAsync(marker, seconds: 299));
        Assert.Equal("acme/veh-0001 up to 51 missing none", await StepAsync(marker, seconds: 1));
        await marker.StopAsync(default);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_hole_is_asked_for_soon_again_and_less_and_less_often(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        using var marker = Marker(store);
        await PutAsync(store, 1, 3);
        await PutAsync(store, 7, 8);
        Assert.Equal("", await StepAsync(marker, seconds: 1));
        Assert.Equal("acme/veh-0001 up to 8 missing 4-6", await StepAsync(marker, seconds: 3));
        await PutAsync(store, 5, 5);
        Assert.Equal("", await StepAsync(marker, seconds: 1));
        Assert.Equal("acme/veh-0001 up to 8 missing 4-4 6-6", await StepAsync(marker, seconds: 5));
        Assert.Equal("", await StepAsync(marker, seconds: 60));
        await store.PutAsync(Batch(_vehicle.Says.Gap(9, TimeSpan.FromSeconds(9), 4, 6)), default);
        await StepAsync(marker, seconds: 300);
        Assert.Equal(9L, await ScalarAsync(store, "select mark from epoch where holes = '[]'"));
        await marker.StopAsync(default);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_marker_that_starts_anew_knows_what_is_open_and_marks_nothing_twice(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        using (var first = Marker(store))
        {
            await PutAsync(store, 1, 60);
            Assert.Equal("acme/veh-0001 up to 60 missing none", await StepAsync(first, seconds: 1));
            await PutAsync(store, 62, 62);
            Assert.Equal("", await StepAsync(first, seconds: 1));
            await first.StopAsync(default);
        }

        using var second = Marker(store);
        Assert.Equal("acme/veh-0001 up to 62 missing 61-61", await StepAsync(second, seconds: 5));
        await second.StopAsync(default);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_mark_that_could_not_be_sent_is_sent_later(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        using var marker = Marker(store);
        await PutAsync(store, 1, 60);
        _orders.IsDown = true;
        Assert.Equal("", await StepAsync(marker, seconds: 5));
        _orders.IsDown = false;
        Assert.Equal("acme/veh-0001 up to 60 missing none", await StepAsync(marker, seconds: 5));
        await marker.StopAsync(default);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_no_backup_holds_yet_stays_on_the_vehicle_and_holes_are_asked_for_at_once(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        using var marker = Marker(store, new());
        await PutAsync(store, 1, 60);
        Assert.Equal("", await StepAsync(marker, seconds: 3600));
        await PutAsync(store, 62, 62);
        Assert.Equal("acme/veh-0001 up to 0 missing 61-61", await StepAsync(marker, seconds: 5));
        await PutAsync(store, 61, 61);
        Assert.Equal("", await StepAsync(marker, seconds: 5));
        Assert.Equal("acme/veh-0001 up to 60 missing none", await StepAsync(marker, seconds: 25 * 3600));
        await PutAsync(store, 63, 64);
        Assert.Equal("acme/veh-0001 up to 62 missing none", await StepAsync(marker, seconds: 2 * 3600));
        await PutAsync(store, 66, 66);
        Assert.Equal("acme/veh-0001 up to 62 missing 65-65", await StepAsync(marker, seconds: 5));
        await marker.StopAsync(default);
    }

    [Fact]
    public async Task Of_two_programs_one_marks_a_vehicle_and_the_other_goes_on_when_it_ends()
    {
        await using var store = await Stores.OpenAsync("postgres", _folder);
        using var first = Marker(store);
        using var second = Marker(store);
        await PutAsync(store, 1, 60);
        Assert.Equal("acme/veh-0001 up to 60 missing none", await StepAsync(first, seconds: 5));
        Assert.Equal("", await StepAsync(second, seconds: 5));
        await PutAsync(store, 61, 120);
        Assert.Equal("", await StepAsync(second, seconds: 5));
        await first.StopAsync(default);
        await Eventually.Sees("the second marks", async () => (await StepAsync(second, 1)).StartsWith("acme", StringComparison.Ordinal));
        await second.StopAsync(default);
    }

    private Marker Marker(IEventStore store, MarkOptions? options = null) => new(
        store.Database, _orders, new CommandSigner("mark-1", _key), options ?? new() { KeepOnVehicle = TimeSpan.Zero }, _time, NullLogger<Marker>.Instance);

    private async Task<string> StepAsync(Marker marker, int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await marker.StepAsync(default);
        return _orders.Take();
    }

    private Task<PutResult> PutAsync(IEventStore store, int from, int to) => store.PutAsync(
        Batch([.. Enumerable.Range(from, to - from + 1).Select(seq => _vehicle.Raise(seq))]), default);

    private EventBatch Batch(params (string, byte[])[] messages) =>
        Vehicle.Batch(messages) with { ReceivedAt = _time.GetUtcNow().ToUnixTimeMilliseconds() };

    private static async Task<long> ScalarAsync(IEventStore store, string sql)
    {
        await using var connection = await store.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        return await connection.ScalarAsync<long>(sql, default);
    }
}
