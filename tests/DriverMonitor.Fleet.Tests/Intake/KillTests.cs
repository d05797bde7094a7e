using System.Text.Json;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Intake;

/// <summary>What kills may cost: nothing lost, nothing doubled. Real processes, real brokers, real stores.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly int Kills = LongForm.IsWanted ? 100 : 3;
    private static readonly string[] Receivers = ["fleet-r1", "fleet-r2"];
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Loopback.FreePort();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Alone_a_receiver_that_is_killed_again_and_again_loses_and_doubles_nothing()
    {
        const int Vehicles = 10;
        var settings = Write(new
        {
            Store = _folder.PathOf("fleet.db"),
            Tenants = Stores.Demo,
            Broker = new
            {
                LoopbackPort = _port,
                Users = Enumerable.Range(1, Vehicles).ToDictionary(SimulatedFleet.NameOf, _ => "secret"),
            },
            Marks = new { KeyFile = _folder.PathOf("mark.key") },
            Web = new { Enabled = false },
        });
        var fleet = new SimulatedFleet(
            "127.0.0.1", _port, "demo", Vehicles, LongForm.IsWanted ? 500 : 10, 40, "secret", TimeProvider.System);
        var driving = fleet.RunAsync(default);

        await using var store = Stores.Open(_folder.PathOf("fleet.db"));
        await KillOftenAsync(settings, store, driving);
        Assert.Equal(fleet.Events, await CountAsync(store, "select count(*) from event"));
        Assert.Equal(0, await DoubledAsync(store));
    }

    [Fact]
    public async Task Of_two_receivers_one_is_killed_again_and_again_and_marks_find_what_the_broker_dropped()
    {
        const int Vehicles = 10;
        using var broker = await Mosquitto.StartAsync(_folder);
        var address = await Stores.AddressAsync("postgres", _folder);
        var settings = Receivers.Select(name => Write(new
        {
            Intake = $"mqtt://127.0.0.1:{broker.Port}",
            Store = address,
            Receiver = name,
            Tenants = Stores.Demo,
            Marks = new { KeyFile = _folder.PathOf("mark.key"), Every = "00:00:00.500" },
            Web = new { Enabled = false },
        })).ToList();
        await using var store = Stores.Open(address);
        await store.MigrateAsync(default);
        using var first = FleetProcess.Start(settings[0]);
        await Eventually.Sees("the first mark key", () => File.Exists(_folder.PathOf("mark.key")));
        var fleet = new SimulatedFleet(
            "127.0.0.1", broker.Port, "demo", Vehicles, LongForm.IsWanted ? 500 : 5, 40, "", TimeProvider.System)
        { StaysUntil = async sent => await CountAsync(store, "select count(*) from event") >= sent };
        var driving = fleet.RunAsync(default);

        await KillOftenAsync(settings[1], store, driving);
        Assert.Equal(fleet.Events, await CountAsync(store, "select count(*) from event"));
        Assert.Equal(0, await DoubledAsync(store));
    }

    /// <summary>Each time some events have been stored meanwhile, or nothing would be under way.</summary>
    private static async Task KillOftenAsync(string settings, IEventStore store, Task driving)
    {
        for (var kill = 0; kill < Kills && !driving.IsCompleted; kill++)
        {
            using var receiver = FleetProcess.Start(settings);
            var before = await StoredAsync(store);
            await Eventually.Sees("events stored", async () => driving.IsCompleted || await StoredAsync(store) >= before + 50);
            receiver.Kill();
        }

        using var last = FleetProcess.Start(settings);
        await driving.WaitAsync(TimeSpan.FromSeconds(LongForm.IsWanted ? 3_600 : 120));
    }

    private static async Task<long> StoredAsync(IEventStore store)
    {
        try
        {
            return await CountAsync(store, "select count(*) from event");
        }
        catch (System.Data.Common.DbException)
        {
            // Before the first start has made the tables.
            return 0;
        }
    }

    private static Task<long> DoubledAsync(IEventStore store) =>
        CountAsync(store, "select count(*) - count(distinct cast(vehicle_id as text) || ':' || cast(seq as text)) from event");

    private string Write(object fleet)
    {
        var file = _folder.PathOf($"fleet-{Guid.NewGuid():N}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new { Fleet = fleet }));
        return file;
    }

    private static async Task<long> CountAsync(IEventStore store, string sql)
    {
        await using var connection = await store.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        return await connection.ScalarAsync<long>(sql, default);
    }
}
