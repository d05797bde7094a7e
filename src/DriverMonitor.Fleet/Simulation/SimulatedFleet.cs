using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Formatter;

namespace DriverMonitor.Fleet.Simulation;

/// <summary>Many vehicles at once, each with a connection of its own.</summary>
/// <param name="host">Of the broker.</param>
/// <param name="alertsPerHour">2.5 is typical, 40 the ceiling that the vehicle allows.</param>
internal sealed class SimulatedFleet(
    string host, int port, string tenant, int count, double hours, double alertsPerHour, string password, TimeProvider time)
{
    private readonly List<SimulatedVehicle> _vehicles = [];
    private int _connects;

    /// <summary>Debian's RabbitMQ closes the connection on version 5.</summary>
    public MqttProtocolVersion Protocol { get; init; } = MqttProtocolVersion.V500;

    /// <summary>Of the nodes of a cluster, tried in turn.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [port];

    /// <summary>Asked with the number of events sent: vehicles stay connected, and send again, until it says yes.</summary>
    public Func<long, Task<bool>>? StaysUntil { get; init; }

    /// <summary>Ends every drive at once; what was made is still sent.</summary>
    public bool IsOver { get; set; }

    public long Events => _vehicles.Sum(vehicle => vehicle.Events);

    public long Messages => _vehicles.Sum(vehicle => vehicle.Messages);

    public long Bytes => _vehicles.Sum(vehicle => vehicle.Bytes);

    /// <summary>Waited by each vehicle after each event; as fast as the broker takes them without.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>Each has arrived, and the broker has acknowledged all of its drive.</summary>
    public bool IsEverySent => _vehicles.Count == count && _vehicles.TrueForAll(vehicle => vehicle.IsSent);

    /// <summary>How often one vehicle was told at most that something is missing.</summary>
    public int MostAsked => _vehicles.Max(vehicle => vehicle.Asked);

    public long Connections => _vehicles.Sum(vehicle => vehicle.Connections);

    /// <summary>On loopback, for a broker of these vehicles alone.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"sim-{number:00000}");

    /// <summary>Returns when everything was acknowledged.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "A simulation is to be repeatable.")]
    public Task RunAsync(CancellationToken stop)
    {
        var start = time.GetUtcNow() - TimeSpan.FromHours(hours);
        List<Task> runs = [];
        for (var i = 1; i <= count; i++)
        {
            var (name, random) = (NameOf(i), new Random(i));
            var says = new VehicleMessages(tenant, name, (ulong)start.ToUnixTimeMilliseconds() << 16 | (uint)i, 1, start);
            var vehicle = new SimulatedVehicle(says, alertsPerHour, hours, random)
            {
                Pace = Pace, IsOver = () => IsOver, IsDone = StaysUntil is null ? null : () => StaysUntil(Events),
            };
            _vehicles.Add(vehicle);
            runs.Add(vehicle.RunAsync(() => Broker(name), time, stop));
        }

        return Task.WhenAll(runs);
    }

    private MqttClientOptionsBuilder Broker(string name)
    {
        var options = new MqttClientOptionsBuilder().WithProtocolVersion(Protocol).WithClientId(name)
            .WithTcpServer(host, Ports[(int)((uint)Interlocked.Increment(ref _connects) % Ports.Count)]);
        return password.Length > 0 ? options.WithCredentials(name, password) : options;
    }
}
