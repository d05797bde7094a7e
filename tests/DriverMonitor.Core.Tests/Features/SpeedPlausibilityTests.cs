using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Features;

/// <summary>
/// Drives second by second: what the gateway claims, what satellites and pictures say against it, and when it is doubted.
/// </summary>
public sealed class SpeedPlausibilityTests
{
    // What happens for how many seconds: kmh or "off", "sat KMH", "moves" or "calm" behind the driver; then when doubt begins and
    // ends.
    public static TheoryData<string, string, string> Drives => new()
    {
        { "standing, nothing else known", "60 kmh 0", "" },
        { "driving as both say", "60 kmh 80 sat 78", "" },
        { "worn tyres at speed", "60 kmh 130 sat 121", "" },
        { "a receiver that lags while braking", "10 kmh 80 sat 80; 3 kmh 10 sat 60; 20 kmh 0 sat 5", "" },
        { "a gateway says 0 on the road", "30 kmh 0 sat 80; 20 kmh 80 sat 80", "6 begins, 36 ends" },
        { "switched off on the road", "30 off sat 50; 20 kmh 50 sat 50", "6 begins, 36 ends" },
        { "a tunnel does not make it true", "10 kmh 0 sat 80; 60 kmh 0; 20 kmh 0 sat 0", "6 begins, 76 ends" },
        { "parked where no satellite is seen, for a minute", "10 kmh 0 sat 80; 90 kmh 0 calm", "6 begins, 71 ends" },
        { "a satellite that wanders at rest", "60 kmh 0 sat 4", "" },
        { "the view moves while it claims to stand", "40 kmh 0 moves; 30 kmh 0 calm", "21 begins, 51 ends" },
        { "the view moves while it is switched off", "40 off moves; 30 off calm", "21 begins, 51 ends" },
        { "people walk by a parked vehicle", "2 kmh 0 moves; 4 kmh 0 calm; 2 kmh 0 moves; 3 kmh 0 calm; 2 kmh 0 moves; 5 kmh 0 calm; 2 kmh 0 moves; 3 kmh 0 calm; 2 kmh 0 moves; 9 kmh 0 calm; 2 kmh 0 moves; 9 kmh 0 calm", "" },
        { "a lorry passes, and another", "5 kmh 0 moves; 3 kmh 0 calm; 5 kmh 0 moves; 3 kmh 0 calm; 5 kmh 0 moves; 3 kmh 0 calm; 5 kmh 0 moves; 3 kmh 0 calm", "" },
        { "a long train passes, and is not held against it for good", "30 kmh 0 moves; 12 kmh 0 calm; 60 kmh 0 calm", "21 begins, 41 ends" },
        { "the view moves at speed", "60 kmh 50 moves", "" },
        { "it moved off, and says so late", "30 kmh 0 moves; 20 kmh 30 moves", "21 begins, 36 ends" },
        { "nobody looks any more: the doubt stays", "30 kmh 0 moves; 60 kmh 0; 15 kmh 0 calm", "21 begins, 101 ends" },
        { "it rolls to a stop, as at every light", "30 kmh 50 moves; 2 kmh 4 moves; 20 kmh 0 calm; 30 kmh 50 moves; 2 kmh 4 moves; 20 kmh 0 calm", "" },
        { "it creeps in a queue for minutes", Again(20, "12 kmh 6 moves; 3 kmh 2 moves; 4 kmh 0 calm"), "" },
        { "a lie of a steady 6 km/h", "150 kmh 6 moves; 20 kmh 6 calm", "121 begins, 161 ends" },
        { "a lie that alternates 0 and 6", Again(40, "1 kmh 0 moves; 1 kmh 6 moves"), "36 begins" },
        { "a lie that alternates 0 and 80", Again(40, "1 kmh 0 moves; 1 kmh 80 moves"), "41 begins" },
        { "a lie that alternates 0 and no number", Again(40, "2 kmh 0 moves; 2 kmh -5 moves"), "41 begins" },
        { "a claim that is no number contradicts nothing", "30 kmh NaN sat 80; 30 kmh -5 moves", "" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_claim_is_doubted_while_something_speaks_against_it(string story, string drive, string expected)
    {
        var plausibility = new SpeedPlausibility();
        var (second, was, told) = (0, false, new List<string>());
        foreach (var part in drive.Split("; "))
        {
            var words = part.Split(' ');
            for (var i = 0; i < int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture); i++)
            {
                plausibility.Step(
                    TimeSpan.FromSeconds(++second),
                    Reading(words),
                    words.Contains("moves") ? 0.2
                        : words.Contains("calm") ? 0.005
                        : null);
                if (plausibility.IsDoubtful != was)
                    told.Add($"{second} {(was ? "ends" : "begins")}");
                was = plausibility.IsDoubtful;
            }
        }

        Assert.Equal((story, expected), (story, string.Join(", ", told)));
    }

    [Fact]
    public void A_measure_that_cannot_be_says_nothing()
    {
        var plausibility = new SpeedPlausibility();
        foreach (var broken in new[] { double.NaN, -1, 2, double.PositiveInfinity })
        {
            for (var second = 1; second <= 60; second++) plausibility.Step(TimeSpan.FromSeconds(second), new(0), broken);
            Assert.False(plausibility.IsDoubtful);
            plausibility.Reset();
        }
    }

    [Fact]
    public void A_sleeper_behind_a_forged_zero_is_woken_and_one_in_a_parked_vehicle_is_not()
    {
        Assert.Contains("eyes_closed", Alerts(background: 0.2), StringComparison.Ordinal);
        Assert.Contains("speed_doubtful", Alerts(background: 0.2), StringComparison.Ordinal);
        Assert.Equal("", Alerts(background: 0.004));
        Assert.Equal("", Alerts(background: null));
    }

    private static string Alerts(double? background)
    {
        var (pipeline, told) = (new MonitorPipeline(new()), new List<string>());
        for (var frame = 0; frame < 15 * 60; frame++)
        {
            var eye = new EyeReading(frame < 15 * 50 ? 0.3 : 0.05, 1);
            var face = new FaceReading
            {
                Sight = Sight.Driver,
                Presence = 0.99,
                TrackId = 1,
                LeftEye = eye,
                RightEye = eye,
                Head = new(0, 0, 0),
                Gaze = new(0, 0, 1),
                BackgroundMotion = frame % 15 == 14 ? background : null,
            };
            var outcome = pipeline.Step(
                new(TimeSpan.FromSeconds(frame / 15.0), face, Vehicle: frame % 15 == 0 ? new VehicleReading(0) : null));
            foreach (var happened in outcome.Events)
            {
                if (happened is Core.Events.MonitorEvent.Alert alert) told.Add(Core.Alerts.AlertTable.NameOf(alert.Rule));
                if (happened is Core.Events.MonitorEvent.Status status) told.Add(Core.Events.EventNames.Of(status.Kind));
            }
        }

        return string.Join(' ', told);
    }

    private static string Again(int times, string drive) => string.Join("; ", Enumerable.Repeat(drive, times));

    private static VehicleReading? Reading(string[] words)
    {
        double? After(string name) => Array.IndexOf(words, name) is >= 0 and var at
            ? double.Parse(words[at + 1], System.Globalization.CultureInfo.InvariantCulture) : null;
        return new(After("kmh"), IgnitionOn: words.Contains("off") ? false : null, SatelliteKmh: After("sat"));
    }
}
