using System.Text.Json.Nodes;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Hosting;

/// <summary>
/// Whatever part fails or hangs while the driver falls asleep, the buzzer's line does what it does when nothing is wrong.
/// </summary>
[Collection(nameof(Alone))]
public sealed class ContainmentTests : IDisposable
{
    private const string Broker =
        """{ "Mqtt": { "Brokers": ["127.0.0.1:1"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" } }""";

    private const string Orders = """{ "Fleet": { "Keys": { "ops-1": "KEY" }, "Folder": "STATE" } }""";

    private const string Enrolled =
        """{ "Mqtt": { "Tls": { "CaFile": "STATE/ca.pem", "CertificateFile": "STATE/own.pem", "KeyFile": "STATE/own.pem" } } }""";

    /// <summary>What is needed for each part to be there, and how it is made to fail.</summary>
    private static readonly Dictionary<ServicePart, (Way Way, string[] Settings)> Rows = new()
    {
        [ServicePart.Link] = (Way.Running, [Broker]),
        [ServicePart.Outbox] = (Way.Started, [Broker]),
        [ServicePart.FleetEvents] = (Way.Called, [Broker]),
        [ServicePart.Orders] = (Way.Running, [Broker, Orders]),
        [ServicePart.AuditHead] = (Way.Running, [Broker, Orders]),
        [ServicePart.Renewal] = (Way.Running, [Broker, Orders, Enrolled]),
        [ServicePart.Aliases] = (Way.Running, [Orders]),
        [ServicePart.HeartGateway] = (Way.Running, [Broker, """{ "HeartRate": { "Mqtt": { "Enabled": true } } }"""]),
        [ServicePart.VehicleGateway] = (Way.Running, [Broker, """{ "Vehicle": { "Mqtt": { "Enabled": true } } }"""]),
        [ServicePart.Gpsd] = (Way.Running, ["""{ "Vehicle": { "Gpsd": { "Host": "127.0.0.1", "Port": 1 } } }"""]),
        [ServicePart.Can] = (Way.Running, ["""{ "Vehicle": { "Can": { "Interface": "nocan0", "Signals": { "Speed": "0x1F5 0|16@1+ (0.01,0)" } } } }"""]),
        [ServicePart.Nmea] = (Way.Running, ["""{ "Vehicle": { "Nmea": { "Port": "/dev/nosuchport" } } }"""]),
        [ServicePart.Devices] = (Way.Running, ["""{ "Devices": { "Parts": ["bh1750@63:0x23"] } }"""]),
        [ServicePart.Strap] = (Way.Started, ["""{ "HeartRate": { "Bluetooth": { "Addresses": ["C0:FF:EE:00:00:01"] } } }"""]),
        [ServicePart.Vehicle] = (Way.Called, []),
        [ServicePart.Heart] = (Way.Called, []),
        [ServicePart.Skin] = (Way.Called, ["""{ "Privacy": { "OnPaper": "Heart" } }"""]),
        [ServicePart.WallClock] = (Way.Called, []),
        [ServicePart.Page] = (Way.Running, []),
        [ServicePart.PageView] = (Way.Called, []),
        [ServicePart.Aim] = (Way.Called, []),
        [ServicePart.Figures] = (Way.Called, []),
        [ServicePart.StageTimes] = (Way.Called, []),
        [ServicePart.Outputs] = (Way.Hangs, []),
        [ServicePart.Collector] = (Way.Running, []),
        [ServicePart.Consent] = (Way.Running, []),
        [ServicePart.Clock] = (Way.Running, []),
        [ServicePart.Recorder] = (Way.Called, ["""{ "Recording": { "Folder": "STATE/drives" } }"""]),
        [ServicePart.Profile] = (Way.Called, []),
        [ServicePart.LogLines] = (Way.Called, []),
        [ServicePart.Systemd] = (Way.Running, []),
        [ServicePart.Button] = (Way.Pressed, []),
        [ServicePart.Hands] = (Way.Called, []),
        [ServicePart.Microphone] = (Way.Called, []),
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

    /// <summary>
    /// Many parts fail in one drive; the long form makes each fail alone, too. A driver has one heart, and a vehicle one receiver:
    /// not strap and gateway, nor gpsd and a port, together.
    /// </summary>
    public static TheoryData<string> Drives
    {
        get
        {
            var parts = Enum.GetNames<ServicePart>();
            var rows = new TheoryData<string>
            {
                string.Join(' ', parts.Except(["Outputs", "Strap", "Gpsd"])),
                string.Join(' ', parts.Except(["Outputs", "HeartGateway", "Skin", "Nmea"])),
                "Outputs",
            };
            if (LongForm.IsWanted) rows.AddRange([.. parts.Except(["Outputs"])]);
            return rows;
        }
    }

    [Fact]
    public void Without_a_fault_the_driver_is_woken()
    {
        var beeps = Undisturbed.Value.Split('\n').Count(edge => edge.EndsWith(" on", StringComparison.Ordinal));
        Assert.True(beeps > 6, Undisturbed.Value);
    }

    [Theory]
    [MemberData(nameof(Drives))]
    public void Whatever_fails_the_sleeping_driver_hears_the_same(string parts)
    {
        var faults = parts.Split(' ').Select(Enum.Parse<ServicePart>).ToDictionary(part => part, part => Rows[part].Way);
        using var systemd = faults.ContainsKey(ServicePart.Systemd) ? new Notified(_folder) : null;

        var drive = FaultyDrive.Run(_folder, Sections(faults.Keys), faults);

        Assert.Equal(Undisturbed.Value, drive.Edges);
        foreach (var (part, way) in faults)
        {
            Assert.True(drive.Failures(part) > 0, $"{part} was never made to fail.\n{drive.Log}");
            Assert.Contains($"Part {part.Name()}", drive.Log, StringComparison.Ordinal);
            Assert.Contains(way == Way.Hangs ? "hangs" : "ordered to fail", drive.Log, StringComparison.Ordinal);
        }
    }

    /// <summary>All that these parts need, each key once and a comma before each section.</summary>
    private string Sections(IEnumerable<ServicePart> parts)
    {
        var all = new JsonObject();
        foreach (var needed in parts.SelectMany(part => Rows[part].Settings).Distinct())
        {
            var here = needed
                .Replace("STATE", _folder, StringComparison.Ordinal)
                .Replace("KEY", _key.PublicFile, StringComparison.Ordinal);
            Merge(all, JsonNode.Parse(here)!.AsObject());
        }

        return string.Concat(all.Select(section => $""", "{section.Key}": {section.Value!.ToJsonString()}"""));
    }

    private static void Merge(JsonObject all, JsonObject more)
    {
        foreach (var (key, value) in more)
        {
            if (all[key] is JsonObject there && value is JsonObject here) Merge(there, here);
            else all[key] = value?.DeepClone();
        }
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
