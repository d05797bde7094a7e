using System.Text.Json;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using MQTTnet.Formatter;

namespace DriverMonitor.Fleet.Tests.Intake;

/// <summary>What kills may cost: nothing lost, nothing doubled. Real processes, real brokers, real stores.</summary>
public sealed class KillTests : IDisposable
{
    /// <summary>Of each test; the variable is set by tests/long/fleet.sh.</summary>
    private static readonly int Kills = !LongForm.IsWanted ? 2
        : int.TryParse(Environment.GetEnvironmentVariable("DRIVERMONITOR_KILLS"), out var wanted) ? wanted : 67;

    /// <summary>In the long form vehicles drive on while nodes start, and need not be faster than that.</summary>
    private static readonly TimeSpan Pace = LongForm.IsWanted ? TimeSpan.FromMilliseconds(20) : TimeSpan.Zero;

    private static readonly string[] Receivers = ["fleet-r1", "fleet-r2"];
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Loopback.FreePort();
    private object _link = new { };
    private int _kills;

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
            Marks = new { KeyFile = _folder.PathOf("mark.key"), KeepOnVehicle = "00:00:00" },
            Web = new { Enabled = false },
        });
        var fleet = new SimulatedFleet(
            "127.0.0.1", _port, "demo", Vehicles, LongForm.IsWanted ? HoursOf(Kills) : 10, 40, "secret", TimeProvider.System)
        { Pace = Pace };
        var driving = fleet.RunAsync(default);

        await using var store = Stores.Open(_folder.PathOf("fleet.db"));
        await KillOftenAsync(settings, store, fleet, driving);
        Assert.Equal(fleet.Events, await CountAsync(store, "select count(*) from event"));
        Assert.Equal(0, await DoubledAsync(store));
    }

    [Fact]
    public async Task Of_two_receivers_at_mosquitto_one_is_killed_and_marks_find_what_the_broker_dropped()
    {
        using var broker = await Mosquitto.StartAsync(_folder);
        await KillOneOfTwoAsync($"mqtt://127.0.0.1:{broker.Port}", [broker.Port], MqttProtocolVersion.V500);
    }

    /// <summary>
    /// Receivers speak AMQP by TLS. In the long form a node of three falls, too, or the database, each time, and comes back.
    /// </summary>
    [Fact]
    public async Task Of_two_receivers_at_RabbitMQ_one_is_killed_and_the_other_gets_its_share()
    {
        using var authority = new Authority("brokers");
        var (broker, own) = (authority.Issue(_folder, "CN=localhost"), authority.Issue(_folder, "CN=fleet-r", "receiver"));
        var tls = new RabbitTls(authority.Write(_folder, "ca.pem"), broker.Certificate, broker.Key);
        _link = new { CaFile = tls.Authority, CertificateFile = own.Certificate, KeyFile = own.Key };
        await using var nodes = await RabbitNodes.StartAsync(LongForm.IsWanted ? 3 : 1, tls);
        if (!LongForm.IsWanted)
        {
            await KillOneOfTwoAsync(nodes.Amqp, nodes.MqttPorts, MqttProtocolVersion.V311);
            return;
        }

        await using var server = await PostgresServer.StartOwnAsync();
        var round = 0;
        await KillOneOfTwoAsync(nodes.Amqp, nodes.MqttPorts, MqttProtocolVersion.V311, server, async () =>
        {
            _kills++;
            if (++round % 2 == 0)
            {
                await server.KillAsync();
                await server.StartAgainAsync();
                return;
            }

            await nodes.KillNodeAsync(round / 2 % 3);
            await nodes.StartNodeAsync(round / 2 % 3);
        });
    }

    private async Task KillOneOfTwoAsync(
        string intake, IReadOnlyList<int> ports, MqttProtocolVersion protocol, PostgresServer? server = null,
        Func<Task>? more = null)
    {
        const int Vehicles = 10;
        var address = server is null ? await Stores.AddressAsync("postgres", _folder) : await server.CreateDatabaseAsync();
        var settings = Receivers.Select(name => Write(new
        {
            Intake = intake,
            Store = address,
            Receiver = name,
            Link = _link,
            Tenants = Stores.Demo,
            Marks = new { KeyFile = _folder.PathOf("mark.key"), Every = "00:00:00.500", KeepOnVehicle = "00:00:00" },
            Web = new { Enabled = false },
        })).ToList();
        await using var store = Stores.Open(address);
        await store.MigrateAsync(default);
        using var first = FleetProcess.Start(settings[0]);
        await Eventually.Sees("the first mark key", () => File.Exists(_folder.PathOf("mark.key")));
        var fleet = new SimulatedFleet(
            "127.0.0.1", ports[0], "demo", Vehicles, LongForm.IsWanted ? HoursOf(Kills) : 5, 40, "", TimeProvider.System)
        {
            Ports = ports, Protocol = protocol,
            StaysUntil = async sent => await StoredAsync(store) >= sent,
            Pace = Pace,
        };
        var driving = fleet.RunAsync(default);

        await KillOftenAsync(settings[1], store, fleet, driving, more);
        Assert.Equal(fleet.Events, await CountAsync(store, "select count(*) from event"));
        Assert.Equal(0, await DoubledAsync(store));
    }

    /// <summary>Each time some events have been stored meanwhile, or nothing would be under way.</summary>
    private async Task KillOftenAsync(
        string settings, IEventStore store, SimulatedFleet fleet, Task driving, Func<Task>? more = null)
    {
        while (_kills < Kills && !driving.IsCompleted)
        {
            using var receiver = FleetProcess.Start(settings);
            var before = await StoredAsync(store);
            await Eventually.Sees("events stored", async () => driving.IsCompleted || await StoredAsync(store) >= before + 50);
            receiver.Kill();
            _kills++;
            if (more is not null) await more();
        }

        fleet.IsOver |= LongForm.IsWanted;
        Console.WriteLine($"{_kills} kills, {fleet.Events} events");
        using var last = FleetProcess.Start(settings);
        await driving.WaitAsync(TimeSpan.FromSeconds(LongForm.IsWanted ? 3_600 : 120));
    }

    /// <summary>So long vehicles would drive that there is something under way at every kill.</summary>
    private static double HoursOf(int kills) => 40 * kills;

    private static async Task<long> StoredAsync(IEventStore store)
    {
        try
        {
            return await CountAsync(store, "select count(*) from event");
        }
        catch (System.Data.Common.DbException)
        {
            // Before the first start has made the tables, or while the server is down.
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
