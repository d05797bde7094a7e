using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Rights;

public sealed class RetentionTests : IDisposable
{
    private const long Day = 86_400_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_is_older_than_it_may_be_goes_and_a_clock_at_1970_does_not_hurry_it(string store)
    {
        await using var fleet = await FleetHost.StartAsync(store, _folder);
        var seed = new Seed(fleet.Database);
        var vehicle = await seed.VehicleAsync("acme", "veh-0001");
        await seed.EventAsync(vehicle, 1, EventType.Raised, episode: "7-1", at: Seed.Now - 91 * Day, received: Seed.Now - 91 * Day);
        await seed.EventAsync(vehicle, 2, EventType.Raised, episode: "7-2", at: Seed.Now - 89 * Day, received: Seed.Now - 89 * Day);
        await seed.EventAsync(vehicle, 3, EventType.DeviceStatus, at: 5_000, received: Seed.Now);
        await seed.ScalarAsync<int>($"insert into finding (vehicle_id, at, kind, detail) values ({vehicle}, {Seed.Now - 397 * Day}, 1, 'old')");
        await seed.ScalarAsync<int>($"insert into finding (vehicle_id, at, kind, detail) values ({vehicle}, {Seed.Now - 395 * Day}, 1, 'young')");

        await fleet.Get<Retention>().ApplyAsync(default);

        Assert.Equal(5, await seed.ScalarAsync<int>("select sum(seq) from event"));
        Assert.Equal("7-2", await seed.ScalarAsync<string>("select episode from episode"));
        Assert.Equal("young", await seed.ScalarAsync<string>("select detail from finding"));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_tenant_may_keep_its_own_for_a_shorter_time(string store)
    {
        await using var fleet = await FleetHost.StartAsync(store, _folder);
        var seed = new Seed(fleet.Database);
        var (acme, beta) = (await seed.VehicleAsync("acme", "veh-0001"), await seed.VehicleAsync("beta", "veh-0001"));
        foreach (var vehicle in new[] { acme, beta })
            await seed.EventAsync(vehicle, 1, EventType.DeviceStatus, at: Seed.Now - 40 * Day, received: Seed.Now - 40 * Day);
        await seed.ScalarAsync<int>("update tenant set retention = '{\"events\":30}' where name = 'beta'");

        await fleet.Get<Retention>().ApplyAsync(default);

        Assert.Equal(acme, await seed.ScalarAsync<int>("select vehicle_id from event"));
    }

    [Fact]
    public async Task On_a_server_a_month_goes_as_a_whole_when_its_last_day_is_older()
    {
        await using var fleet = await FleetHost.StartAsync("postgres", _folder);
        var seed = new Seed(fleet.Database);
        var vehicle = await seed.VehicleAsync("acme", "veh-0001");
        foreach (var (name, from, to) in new[] { ("event_old", 150, 120), ("event_young", 119, 60) })
            await seed.ScalarAsync<int>(
                $"create table {name} partition of event for values from ({Seed.Now - from * Day}) to ({Seed.Now - to * Day})");
        await seed.EventAsync(vehicle, 1, EventType.DeviceStatus, at: Seed.Now - 130 * Day);
        await seed.EventAsync(vehicle, 2, EventType.DeviceStatus, at: Seed.Now - 100 * Day);

        await fleet.Get<Retention>().ApplyAsync(default);

        Assert.Equal(2, await seed.ScalarAsync<int>("select sum(seq) from event"));
        await using var connection = await fleet.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        Assert.Equal(0, await connection.ScalarAsync<int>("select count(*) from pg_class where relname = 'event_old'", default));
    }
}
