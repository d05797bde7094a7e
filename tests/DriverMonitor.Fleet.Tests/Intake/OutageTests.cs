using DriverMonitor.Fleet.Marks;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Intake;

/// <summary>
/// The store away, read-only, full, or back from yesterday, and a broker that drops what it acknowledged: while vehicles drive,
/// nothing of it may cost an event. Real servers, disks and brokers.
/// </summary>
public sealed class OutageTests : IDisposable
{
    private const int Vehicles = 10;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(LongForm.IsWanted ? 60 : 4), Longest = TimeSpan.FromMinutes(5);
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Loopback.FreePort();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_database_that_is_killed_and_comes_back_lacks_nothing()
    {
        await using var server = await PostgresServer.StartOwnAsync();
        await using var fleet = await StartAsync(await server.CreateDatabaseAsync());
        var vehicles = Drive();
        var driving = vehicles.RunAsync(default);
        await Eventually.Sees("the first events", () => fleet.Figures.Events > 0);

        await server.KillAsync();
        await Eventually.Sees("the outage", () => fleet.Figures.IsOutage);
        var before = fleet.Figures.Events;
        await Task.Delay(Outage);
        Assert.Equal(before, fleet.Figures.Events);
        Assert.False(driving.IsCompleted);
        await server.StartAgainAsync();

        await AssertCompleteAsync(fleet, vehicles, driving);
        fleet.AssertRuns();
    }

    [Fact]
    public async Task A_database_that_is_read_only_for_a_while_lacks_nothing()
    {
        var server = (await PostgresServer.Running)!;
        var address = await server.CreateDatabaseAsync();
        var name = new Npgsql.NpgsqlConnectionStringBuilder(address).Database;
        await using var fleet = await StartAsync(address);
        var vehicles = Drive();
        var driving = vehicles.RunAsync(default);
        await Eventually.Sees("the first events", () => fleet.Figures.Events > 0);

        await server.ExecuteAsync($"alter database {name} set default_transaction_read_only = on");
        await server.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        await Eventually.Sees("the outage", () => fleet.Figures.IsOutage);
        // Sessions from before keep to what was so when they began.
        await server.ExecuteAsync($"alter database {name} reset default_transaction_read_only");

        await AssertCompleteAsync(fleet, vehicles, driving);
        fleet.AssertRuns();
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_full_disk_makes_vehicles_wait_and_lacks_nothing_when_there_is_room_again(string kind)
    {
        using var disk = SmallDisk.TryMount(megabytes: 32);
        if (disk is null) return;
        // A server that lost a disk is of no use to others.
        await using var server = kind == "postgres" ? await PostgresServer.StartOwnAsync() : null;
        await using var fleet = await StartAsync(
            server is null ? Path.Combine(disk.Folder, "fleet.db") : await OnDiskAsync(disk, server));
        disk.FillUpTo(256 * 1024);
        var vehicles = Drive();
        var driving = vehicles.RunAsync(default);

        await Eventually.Sees("the full disk", () => fleet.Figures.IsOutage);
        Assert.False(driving.IsCompleted);
        disk.MakeRoom();

        await AssertCompleteAsync(fleet, vehicles, driving);
    }

    /// <summary>Room for 1,000, a burst of 10,000: mosquitto acknowledges all and drops most while nothing is stored.</summary>
    [Fact]
    public async Task What_a_broker_acknowledged_and_dropped_is_found_by_marks_and_sent_again()
    {
        using var broker = await Mosquitto.StartAsync(_folder, "max_queued_messages 1000\nmax_inflight_messages 1000");
        var address = await Stores.AddressAsync("postgres", _folder);
        await using var fleet = await FleetProgram.StartAsync(_folder, new
        {
            Intake = $"mqtt://127.0.0.1:{broker.Port}",
            Store = address,
            Tenants = Stores.Demo,
            Marks = new { KeyFile = _folder.PathOf("mark.key"), Every = "00:00:00.500" },
            Web = new { Enabled = false },
        });
        var vehicles = new SimulatedFleet("127.0.0.1", broker.Port, "demo", 100, 1.1, 40, "", TimeProvider.System)
        {
            StaysUntil = async sent => await fleet.CountAsync("select count(*) from event") >= sent,
        };
        Task driving;
        await using (var holding = await fleet.Store.Database.OpenAsync(FleetDatabase.EveryTenant, default))
        {
            await using var transaction = await holding.BeginTransactionAsync();
            await holding.ExecuteAsync("lock table vehicle in access exclusive mode", default);
            driving = vehicles.RunAsync(default);
            await Eventually.Sees("the burst", () => vehicles.IsEverySent);
        }

        await AssertCompleteAsync(fleet, vehicles, driving);
        Assert.True(vehicles.Events > 9_000);
        // A machine that is busy with other tests may drop some of what is sent again, too.
        Assert.InRange(vehicles.MostAsked, 1, LongForm.IsWanted ? 2 : MarkPolicy.MostAsked);
    }

    /// <summary>Vehicles delete what is marked, and go on driving between the dump and its restoring.</summary>
    [Fact]
    public async Task After_yesterday_s_dump_was_restored_vehicles_send_again_what_came_since()
    {
        var (store, dump) = (_folder.PathOf("fleet.db"), _folder.PathOf("dump.db"));
        var fleet = await StartAsync(store);
        var restored = false;
        var vehicles = Drive(1.5, async sent => restored && await fleet.CountAsync("select count(*) from event") >= sent);
        var driving = vehicles.RunAsync(default);
        await Eventually.Sees("the first events", () => fleet.Figures.Events > 100);
        await using (var connection = await fleet.Store.Database.OpenAsync(FleetDatabase.EveryTenant, default))
            await connection.ExecuteAsync("vacuum into @file", default, ("file", dump));
        await Eventually.Sees("more events", () => vehicles.IsEverySent);

        await fleet.DisposeAsync();
        foreach (var file in new[] { store, $"{store}-wal", $"{store}-shm" }) File.Delete(file);
        File.Move(dump, store);
        fleet = await StartAsync(store);
        Assert.True(await fleet.CountAsync("select count(*) from event") < vehicles.Events);
        restored = true;

        await AssertCompleteAsync(fleet, vehicles, driving);
        await fleet.DisposeAsync();
    }

    private static async Task AssertCompleteAsync(FleetProgram fleet, SimulatedFleet vehicles, Task driving)
    {
        await driving.WaitAsync(Longest);
        Assert.Equal(vehicles.Events, await fleet.CountAsync("select count(*) from event"));
        Assert.Equal(
            vehicles.Events,
            await fleet.CountAsync("select count(*) from (select distinct vehicle_id, epoch, seq from event) as every"));
    }

    private SimulatedFleet Drive(double hours = 6, Func<long, Task<bool>>? until = null) =>
        new("127.0.0.1", _port, "demo", Vehicles, LongForm.IsWanted ? 100 : hours, 40, "secret", TimeProvider.System)
        { StaysUntil = until };

    private Task<FleetProgram> StartAsync(string store) => FleetProgram.StartAsync(_folder, new
    {
        Store = store,
        Tenants = Stores.Demo,
        Broker = new
        {
            LoopbackPort = _port,
            Users = Enumerable.Range(1, Vehicles).ToDictionary(SimulatedFleet.NameOf, _ => "secret"),
        },
        Marks = new { KeyFile = _folder.PathOf("mark.key"), Every = "00:00:00.500" },
        Web = new { Enabled = false },
    });

    /// <summary>A database whose tables, and nothing else of the server, lie on a disk.</summary>
    private static async Task<string> OnDiskAsync(SmallDisk disk, PostgresServer server)
    {
        var folder = Path.Combine(disk.Folder, "tables");
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root") await Operator.RunAsync("chown", "-R", "postgres", disk.Folder);
        await server.ExecuteAsync($"create tablespace small location '{folder}'");
        return await server.CreateDatabaseAsync("tablespace small");
    }
}
