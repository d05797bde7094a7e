using System.Text.Json;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Devices;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DriverMonitor.Tests.Hosting;

/// <summary>The service as Program.cs puts it together, not started.</summary>
public sealed class WiringTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly IHost _host;

    public WiringTests()
    {
        File.WriteAllText(_file, """
            { "DriverMonitor": {
              "Camera": { "Kind": "Command", "Command": "rpicam-vid", "Arguments": ["-o", "", "-"], "FramesPerSecond": 25 }, "Vision": { "Seat": { "Left": 0.4 } },
              "HeartRate": { "Mqtt": { "Enabled": true } }, "Vehicle": { "Mqtt": { "Enabled": true }, "Gpsd": { "Host": "localhost" } },
              "Judgement": { "Alerts": { "HintGap": "30 min" } }, "Privacy": { "Basis": "Consent" }, "Profiles": { "Driver": "anna" },
              "Gpio": { "Volume": 0.8, "QuietFrom": "22:00", "QuietUntil": "06:00" }, "Mqtt": { "Brokers": ["one:1883", "two:1883"] },
              "Recording": { "MaxAge": "36 h" }, "Web": { "Enabled": false } } }
            """);
        _host = Program.BuildService(_file);
    }

    public static TheoryData<string> Sections =>
        [.. typeof(MonitorOptions).GetProperties().Where(one => one.CanWrite).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Each_room_is_given_its_section_as_the_file_has_it(string section)
    {
        var property = typeof(MonitorOptions).GetProperty(section)!;
        // The judgement itself knows nothing of files.
        var type = property.PropertyType == typeof(JudgementSettings) ? typeof(MonitorSettings) : property.PropertyType;
        var read = Written(property.GetValue(MonitorOptions.Load(_file)));
        var options = _host.Services.GetRequiredService(typeof(IOptions<>).MakeGenericType(type));

        Assert.Equal(read, Written(_host.Services.GetRequiredService(type)));
        Assert.Equal(read, Written(options.GetType().GetProperty("Value")!.GetValue(options)));

        string Written(object? settings) => JsonSerializer.Serialize(settings, type);
    }

    [Fact]
    public void The_loop_is_started_last_and_so_stops_first() =>
        Assert.IsType<MonitoringService>(_host.Services.GetServices<IHostedService>().Last());

    [Fact]
    public void Each_sensor_that_is_asked_beside_a_picture_adds_its_own_value_and_needs_the_drivers_consent_where_it_is_of_the_driver()
    {
        ((MqttHeart)_host.Services.GetRequiredService<HeartInput>().Monitor!).Handle("""{"device":"watch-7","scl":4.2}"""u8);
        _host.Services.GetRequiredService<CabSensors>().SetAir(1200, 24);
        var sources = _host.Services.GetServices<ReadingSource>().ToDictionary(one => one.Part);

        Assert.Equal(4.2, Ask(ServicePart.Skin, Modalities.Heart).Skin?.ConductanceMicrosiemens);
        Assert.Equal(1200, Ask(ServicePart.Devices, Modalities.None).Cab?.Co2Ppm);
        Assert.NotNull(Ask(ServicePart.WallClock, Modalities.None).Wall);
        Assert.Equal(3, sources.Count);

        Observation Ask(ServicePart part, Modalities needs)
        {
            Assert.Equal(needs, sources[part].Needs);
            var seen = new Observation(TimeSpan.FromSeconds(1), FaceReading.NoFrame);
            sources[part].AddTo(ref seen);
            Assert.Equal((TimeSpan.FromSeconds(1), FaceReading.NoFrame), (seen.At, seen.Face));
            return seen;
        }
    }

    public void Dispose()
    {
        _host.Dispose();
        File.Delete(_file);
    }
}
