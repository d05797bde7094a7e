using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;
using Xunit.Abstractions;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>
/// Every limit that a rating protocol or our own ladder names, at 10, 15 and 30 pictures a second, even and jittered, with
/// pictures lost, repeated and late: said within 0.2 s (Euro NCAP's tolerance), and not said just below.
/// </summary>
public class TimingTests(ITestOutputHelper output)
{
    private const double Tolerance = 0.2;
    private const double Onset = 20;

    //   rule                         source                      what the driver does from 20.0 s on   limit   what must be said, then
    public static TheoryData<string, string, string, double, string> Limits => new()
    {
        { "eyes closed, warning",       "our ladder",               "shut",                               1.5, "raised eyes_closed 2" },
        { "eyes closed, asleep",        "Euro NCAP sleep",          "shut",                               3.0, "escalated eyes_closed 3" },
        { "eyes closed, no answer",     "Euro NCAP unresponsive",   "shut",                               6.0, "escalated eyes_closed 4" },
        { "long look-away, head",       "Euro NCAP long distraction", "yaw 40 speed 80",                  3.0, "raised long_look_away 2" },
        { "long look-away, lap",        "Euro NCAP long distraction", "pitch -35 speed 80",               3.0, "raised long_look_away 2" },
        { "long look-away, gaze",       "Euro NCAP long distraction", "gaze 30 0 speed 80",               3.0, "raised long_look_away 2" },
        { "look-away 20 to 50 km/h",    "EU 2023/2590",             "yaw 40 speed 35",                    6.0, "raised long_look_away 2" },
        { "no return after a warning",  "Euro NCAP unresponsive",   "yaw 40 speed 80",                    6.0, "escalated long_look_away 4" },
        { "face lost",                  "Euro NCAP degraded, 10 s", "noface",                             10.0, "face_lost" },
        { "eyes not visible",           "Euro NCAP degraded, 10 s", "sunglasses",                         10.0, "eyes_not_visible" },
        { "camera covered",             "Euro NCAP degraded, 10 s", "dark",                               10.0, "camera_covered" },
        { "camera lost",                "our own",                  "noframe",                            1.0, "camera_lost" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_limit_is_met_and_not_before(string rule, string source, string does, double limit, string said)
    {
        var worst = 0.0;
        foreach (var variant in Variants)
        {
            var late = SaidAt(Script(does, limit + 1), variant, said) - Onset - limit;
            Assert.True(late is >= -0.11 and <= Tolerance, $"{rule} at {variant}: {late:0.000} s after the limit");
            worst = Math.Abs(late!.Value) > Math.Abs(worst) ? late.Value : worst;
            Assert.Null(SaidAt(Script(does, limit - Tolerance), variant, said));
        }

        output.WriteLine($"{rule,-28} {source,-28} required {limit,5:0.0} s   worst {worst,6:+0.000;-0.000} s");
    }

    private static readonly (double Rate, bool Disturbed)[] Variants = [(10, false), (15, false), (30, false), (10, true), (15, true), (30, true)];

    private static string Script(string does, double seconds) =>
        $"{Onset}s open gaze 0 0{(does.Contains("speed") ? " " + does[does.IndexOf("speed", StringComparison.Ordinal)..] : "")}; {seconds:0.0}s {does}; 3s open gaze 0 0";

    private static double? SaidAt(string script, (double Rate, bool Disturbed) variant, string said)
    {
        var pipeline = new MonitorPipeline(new());
        var drive = Drive.Of(script, variant.Rate);
        foreach (var observation in variant.Disturbed ? Disturbed(drive, variant.Rate) : drive)
        {
            foreach (var happened in pipeline.Step(observation).Events)
                if (Timeline.Text(happened) == said) return happened.At.TotalSeconds;
        }

        return null;
    }

    /// <summary>Times wander by a tenth of the interval, one picture in twelve is lost, one comes twice, one too late.</summary>
    private static IEnumerable<Observation> Disturbed(IEnumerable<Observation> drive, double rate)
    {
        var number = 0;
        foreach (var observation in drive)
        {
            number++;
            var jitter = TimeSpan.FromSeconds((number * 7 % 11 - 5) / 50.0 / rate);
            var shaken = observation with { At = observation.At + (number > 1 ? jitter : TimeSpan.Zero), Wall = new(DateTimeOffset.UnixEpoch.AddHours(number > 150 ? 7 : 0), true) };
            if (number % 12 == 5) continue;
            yield return shaken;
            if (number % 12 == 9) yield return shaken;
            if (number % 24 == 7) yield return shaken with { At = shaken.At - TimeSpan.FromSeconds(0.3 / rate) };
        }
    }
}
