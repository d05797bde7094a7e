using System.Text.RegularExpressions;
using DriverMonitor.Core;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Telemetry;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Privacy;

/// <summary>Every way out, at every level and under every profile: what must not be told is looked for in the bytes.</summary>
[Collection(nameof(Alone))]
public sealed partial class DisclosureTests
{
    private static readonly Dictionary<string, (Audience To, Func<MonitorOptions, Task<string>> Bytes)> Ways = new()
    {
        ["MQTT"] = (Audience.Fleet, Exporters.Mqtt),
        ["OTLP"] = (Audience.Collector, Exporters.Collector),
        ["/metrics"] = (Audience.Scraper, Exporters.Scraper),
        ["health and page without a session"] = (Audience.Stranger, Exporters.Stranger),
        ["page with a session"] = (Audience.Driver, Exporters.Driver),
        ["log"] = (Audience.Log, Exporters.Log),
        ["report"] = (Audience.File, Exporters.Report),
        ["events"] = (Audience.File, Exporters.Events),
        ["trace"] = (Audience.File, Exporters.Trace),
    };

    // Whoever hears the judgement, and by which of the ways above it gets out; the rest stays in the cab or in the driver's own
    // files.
    private static readonly Dictionary<string, string> Sinks = new()
    {
        ["MqttSink"] = "MQTT",
        ["ServiceMetrics"] = "OTLP and /metrics",
        ["PageSink"] = "page",
        ["LogSink"] = "log",
        ["ReportLog"] = "report",
        ["EventFile"] = "events",
        ["TraceFile"] = "trace",
        ["FanOut"] = "to the others",
        ["GuardedSink"] = "to another",
        ["OutputThread"] = "to the others",
        ["BuzzerHealth"] = "whether it lives",
        ["Buzzer"] = "cab",
        ["InfraredLamp"] = "cab",
        ["StatusBoard"] = "cab: display and ring, as the page's glance",
        ["DeviceNews"] = "whether it lives",
        ["Liveness"] = "whether it lives",
        ["SenseAblation"] = "an evaluation's own figures",
        ["ProfileSink"] = "the driver's file",
        ["TripHistorySink"] = "the driver's file",
        ["Recorder"] = "the driver's file",
        ["DemoScreen"] = "a drawn driver",
        ["FastDriveScreen"] = "a scripted driver",
        ["DriveTally"] = "how many of each kind, no names",
        ["Collecting"] = "bench",
        ["DriveCollector"] = "figures of labelled data, no names",
        ["Pace"] = "bench",
        ["AlertArrivals"] = "bench",
        ["DemoClock"] = "a drawn driver",
    };

    public static TheoryData<string, WireLevel, JudgementProfile> Everything()
    {
        var rows = new TheoryData<string, WireLevel, JudgementProfile>();
        foreach (var way in Ways.Keys)
        {
            foreach (var level in Enum.GetValues<WireLevel>())
            {
                foreach (var profile in Enum.GetValues<JudgementProfile>()) rows.Add(way, level, profile);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Nothing_gets_out_that_the_policy_keeps(string way, WireLevel level, JudgementProfile profile)
    {
        var settings = SettingsOf(level, profile);
        var (to, bytes) = Ways[way];
        var may = settings.Discloses().To(to);
        var told = await bytes(settings);

        Assert.Equal(may == Disclosure.None, told.Length == 0);
        if (to == Audience.Driver)
            return;
        if (!may.HasFlag(Disclosure.Emotions))
            Assert.All(AngryDrive.EmotionWords, word => Lacks(word, told));
        if (!may.HasFlag(Disclosure.States))
            Assert.All(["fatigue", "eyes_closed", "EyesClosed", "0.414", "41.4"], word => Lacks(word, told));
        if (!may.HasFlag(Disclosure.Measures))
            Assert.All(["HeartRate", "IrregularRhythm", "irregular_rhythm", $":{AngryDrive.Pulse},"], word => Lacks(word, told));
        if (!may.HasFlag(Disclosure.Consent))
            Assert.All(["modalities_changed", "ModalitiesChanged"], word => Lacks(word, told));
        if (!may.HasFlag(Disclosure.Position))
            Assert.All(["48.13", "11.57"], word => Lacks(word, told));
        if (!may.HasFlag(Disclosure.Device))
            Assert.All(["kmh", "9.9.9", "camera"], word => Lacks(word, told));
    }

    /// <summary>Or the test above could not fail: where it may be told, the words are found.</summary>
    [Theory]
    [InlineData("MQTT", "anger 0.884 fatigue heart_rate irregular_rhythm")]
    [InlineData("OTLP", "anger fatigue drivermonitor.score")]
    [InlineData("/metrics", "state=\"anger\" rule=\"stress\" rule=\"eyes_closed\"")]
    [InlineData("page with a session", "0.8842 anger kmh 9.9.9")]
    [InlineData("log", "Anger Stress ModalitiesChanged EyesClosed")]
    [InlineData("report", "Anger Stress")]
    [InlineData("events", "anger brow_lower 0.884 modalities_changed strained")]
    [InlineData("trace", "angry 0.900")]
    public async Task What_may_be_told_is_told(string way, string words)
    {
        var told = await Ways[way].Bytes(SettingsOf(WireLevel.P2, JudgementProfile.Standard));
        Assert.All(words.Split(' '), word => Assert.Contains(word, told, StringComparison.Ordinal));
    }

    [Fact]
    public void Whoever_hears_the_judgement_is_known_here() =>
        Assert.Equal(
            Sinks.Keys.Order(StringComparer.Ordinal), typeof(IEventSink)
                .Assembly.GetTypes()
                .Where(type => type.IsClass && type.IsAssignableTo(typeof(IEventSink)))
                .Select(type => type.Name)
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Figures_are_made_and_handed_out_in_one_place_each()
    {
        var places = Directory
            .EnumerateFiles(SourceTree.Path("src", "DriverMonitor"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && Figures().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetFileName(file));
        Assert.Equal(["Metrics.cs", "OtlpMetricsExporter.cs", "ServiceMetrics.cs"], places.Order(StringComparer.Ordinal));
    }

    private static MonitorOptions SettingsOf(WireLevel level, JudgementProfile profile) =>
        new()
        {
            Mqtt = new()
            {
                Tenant = "acme",
                Vehicle = "veh-0001",
                Privacy = level,
            },
            Judgement =
                profile == JudgementProfile.Standard
                    ? new()
                    : new()
                    {
                        Profile = profile,
                        SafetyJustification = "a declared reason",
                        DpiaId = "7",
                    },
        };

    private static void Lacks(string word, string told) =>
        Assert.True(!told.Contains(word, StringComparison.OrdinalIgnoreCase), $"'{word}' got out: {Around(word, told)}");

    private static string Around(string word, string told)
    {
        var at = told.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "" : told[Math.Max(0, at - 120)..Math.Min(told.Length, at + 60)];
    }

    [GeneratedRegex(@"new Meter\(|= new\(MeterName\)|MeterListener|\.AddMeter\(|CreateMeterProviderBuilder")]
    private static partial Regex Figures();
}
