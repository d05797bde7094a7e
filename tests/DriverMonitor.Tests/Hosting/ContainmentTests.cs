using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Hosting;

/// <summary>Whatever part fails or hangs while the driver falls asleep, the buzzer's line does what it does when nothing is wrong.</summary>
[Collection(nameof(Alone))]
public sealed class ContainmentTests : IDisposable
{
    private const string Broker =
        """, "Mqtt": { "Brokers": ["127.0.0.1:1"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" }""";

    private const string Orders = Broker + """, "Fleet": { "Keys": { "ops-1": "KEY" }, "Folder": "STATE" }""";

    /// <summary>What is needed for each part to be there, and how it is made to fail.</summary>
    private static readonly Dictionary<ServicePart, (Way Way, string Settings)> Rows = new()
    {
        [ServicePart.Link] = (Way.Running, Broker),
        [ServicePart.Outbox] = (Way.Started, Broker),
        [ServicePart.FleetEvents] = (Way.Called, Broker),
        [ServicePart.Orders] = (Way.Running, Orders),
        [ServicePart.AuditHead] = (Way.Running, Orders),
        [ServicePart.HeartGateway] = (Way.Running, Broker + """, "HeartRate": { "Mqtt": { "Enabled": true } }"""),
        [ServicePart.VehicleGateway] = (Way.Running, Broker + """, "Vehicle": { "Mqtt": { "Enabled": true } }"""),
        [ServicePart.Gpsd] = (Way.Running, """, "Vehicle": { "Gpsd": { "Host": "127.0.0.1", "Port": 1 } }"""),
        [ServicePart.Strap] = (Way.Started, """, "HeartRate": { "Bluetooth": { "Addresses": ["C0:FF:EE:00:00:01"] } }"""),
        [ServicePart.Vehicle] = (Way.Called, ""),
        [ServicePart.Heart] = (Way.Called, ""),
        [ServicePart.Skin] = (Way.Called, """, "Privacy": { "OnPaper": "Heart" }"""),
        [ServicePart.WallClock] = (Way.Called, ""),
        [ServicePart.Page] = (Way.Running, ""),
        [ServicePart.PageView] = (Way.Called, ""),
        [ServicePart.Aim] = (Way.Called, ""),
        [ServicePart.Figures] = (Way.Called, ""),
        [ServicePart.StageTimes] = (Way.Called, ""),
        [ServicePart.Outputs] = (Way.Hangs, ""),
        [ServicePart.Collector] = (Way.Running, ""),
        [ServicePart.Consent] = (Way.Running, ""),
        [ServicePart.Clock] = (Way.Running, ""),
        [ServicePart.Recorder] = (Way.Called, """, "Recording": { "Folder": "STATE/drives" }"""),
        [ServicePart.Profile] = (Way.Called, ""),
        [ServicePart.LogLines] = (Way.Called, ""),
        [ServicePart.Systemd] = (Way.Running, ""),
        [ServicePart.Button] = (Way.Pressed, ""),
    };

    private static readonly Lazy<string> Undisturbed = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("undisturbed");
        try
        {
            return FaultyDrive.Run(folder.FullName).Edges;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("contain").FullName;
    private readonly FleetKey _key = new();

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static TheoryData<string> EveryPart => [.. Enum.GetNames<ServicePart>()];

    [Fact]
    public void Without_a_fault_the_driver_is_woken()
    {
        var beeps = Undisturbed.Value.Split('\n').Count(edge => edge.EndsWith(" on", StringComparison.Ordinal));
        Assert.True(beeps > 6, Undisturbed.Value);
    }

    [Theory]
    [MemberData(nameof(EveryPart))]
    public void Whatever_part_fails_the_sleeping_driver_hears_the_same(string name)
    {
        var part = Enum.Parse<ServicePart>(name);
        Assert.True(Rows.TryGetValue(part, out var row), $"{name} has no row: say how it comes to fail.");
        var settings = row.Settings.Replace("STATE", _folder, StringComparison.Ordinal).Replace("KEY", _key.PublicFile, StringComparison.Ordinal);
        using var systemd = part == ServicePart.Systemd ? new Notified(_folder) : null;

        var drive = FaultyDrive.Run(_folder, settings, part, row.Way);

        Assert.Equal(Undisturbed.Value, drive.Edges);
        Assert.True(drive.Failures(part) > 0, $"{name} was never made to fail.\n{drive.Log}");
        Assert.Contains($"Part {part.Name()}", drive.Log, StringComparison.Ordinal);
        Assert.Contains(row.Way == Way.Hangs ? "hangs" : "ordered to fail", drive.Log, StringComparison.Ordinal);
    }

    /// <summary>As if systemd had started this process; nothing else is started meanwhile.</summary>
    private sealed class Notified : IDisposable
    {
        private const string Variable = "NOTIFY_SOCKET";
        private readonly NotifySocket _socket;

        public Notified(string folder)
        {
            _socket = new(folder);
            Environment.SetEnvironmentVariable(Variable, _socket.Address);
        }

        public void Dispose()
        {
            Environment.SetEnvironmentVariable(Variable, null);
            _socket.Dispose();
        }
    }
}
