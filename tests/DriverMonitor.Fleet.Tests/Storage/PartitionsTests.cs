using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Fleet.Tests.Storage;

public sealed class PartitionsTests
{
    [Fact]
    public async Task Months_are_made_one_ahead_and_take_their_events_and_the_default_one_takes_the_rest()
    {
        using var folder = new TemporaryFolder();
        await using var store = await Stores.OpenAsync("postgres", folder);
        var partitions = new Partitions(
            store.Database, new FakeTimeProvider(Vehicle.Start), NullLogger<Partitions>.Instance);
        await partitions.MakeAsync(default);
        await partitions.MakeAsync(default);

        var vehicle = new Vehicle();
        await store.PutAsync(
            Vehicle.Batch(vehicle.Alert(1), vehicle.Alert(2, clock: DriverMonitor.Core.Wire.WireClock.Unset)), default);
        await using var connection = await store.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        Assert.Equal(1L, await connection.ScalarAsync<long>("select count(*) from event_2026_11", default));
        Assert.Equal(0L, await connection.ScalarAsync<long>("select count(*) from event_2026_12", default));
        Assert.Equal(1L, await connection.ScalarAsync<long>("select count(*) from event_default", default));
    }
}
