using System.Globalization;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Soak;

/// <summary>
/// Hours at the wheel with a fault every ten minutes, drawn from a seeded list, and what must hold all along: eyes that shut for
/// long are warned of in time and nothing else is, a look away as well, scores stay within their range, and memory does not grow.
/// A thousand hours with <c>tests/long/soak.sh</c>.
/// </summary>
[CollectionDefinition(nameof(SoakTests), DisableParallelization = true)]
[Collection(nameof(SoakTests))]
public sealed class SoakTests
{
    private const double PicturesPerSecond = 10;
    private const int CyclesAnHour = 6;

    /// <summary>What goes wrong, for as many seconds.</summary>
    private static readonly string[] Faults =
    [
        "noframe", "silence", "noface", "covered", "dark", "glare", "blurred", "frozen", "sunglasses", "ambiguous", "nopose",
        "strap off", "strap gone", "speed gone", "clock 3600", "clock -3600", "clock 0.4", "track 2", "eyes 1 0.2", "presence 0.3",
    ];

    private static readonly int Hours =
        int.TryParse(Environment.GetEnvironmentVariable("SOAK_HOURS"), CultureInfo.InvariantCulture, out var hours) ? hours : 4;

    [Fact]
    public void A_fault_every_ten_minutes_hides_no_alert_and_makes_none()
    {
        var watch = new Watch();
        var pipeline = new MonitorPipeline(new());
        long settled = 0;
        var steps = 0L;
        foreach (var seen in Drive.Of(Script(Hours * CyclesAnHour, seed: 20), PicturesPerSecond))
        {
            watch.Check(seen, pipeline.Step(seen));
            if (++steps == (long)(3600 * PicturesPerSecond)) settled = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.True(watch.Faults.Count == 0, string.Join('\n', watch.Faults.Take(20)));
        // Each cycle shuts the eyes and looks away once.
        Assert.Equal((Hours * CyclesAnHour, Hours * CyclesAnHour), (watch.Closures, watch.Glances));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - settled, long.MinValue, 1_000_000);
    }

    private static string Script(int cycles, int seed)
    {
        var random = new Random(seed);
        return string.Join(';', Enumerable.Range(0, cycles).Select(_ =>
        {
            var (fault, lasting) = (Faults[random.Next(Faults.Length)], 5 + random.Next(40));
            var (before, between) = (100 + random.Next(100), 60 + random.Next(100));
            var mended = fault.StartsWith("strap", StringComparison.Ordinal) ? "heart 64" : "open";
            var rest = 600 - lasting - before - between - 10;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{lasting}s {fault} gaze 0 0; {before}s {mended} speed 80 blinking gaze 0 0; 3s shut; {between}s blinking gaze 0 0; 5s yaw 45; {rest}s blinking gaze 0 0");
        }));
    }

    /// <summary>Reads off the observations what was due, and off the outcomes whether it came.</summary>
    private sealed class Watch
    {
        private TimeSpan? _shutSince, _awaySince;
        private bool _isWarned;

        public List<string> Faults { get; } = [];

        public int Closures { get; private set; }

        public int Glances { get; private set; }

        public void Check(in Observation seen, in Outcome outcome)
        {
            var face = seen.Face is { Sight: Sight.Driver } driver ? driver : (FaceReading?)null;
            var isShut = face is { LeftEye.AspectRatio: < 0.15 };
            var isAway = face is { Head.YawDegrees: > 40 };
            if (isShut) _shutSince ??= seen.At;
            if (isAway) _awaySince ??= seen.At;
            foreach (var alert in outcome.Events.OfType<MonitorEvent.Alert>().Where(one => one.Phase == AlertPhase.Raised)) Judge(alert);
            if (!isShut && _shutSince is { } shut) (_shutSince, Closures) = End(shut, seen.At, 2.5, Closures);
            if (!isAway && _awaySince is { } away) (_awaySince, Glances) = End(away, seen.At, 4.5, Glances);
            if (outcome.Scores is { } scores && !(scores.Fatigue.P is >= 0 and <= 1 && scores.Distraction.P is >= 0 and <= 1))
                Faults.Add($"{seen.At}: a score out of range");
        }

        private void Judge(MonitorEvent.Alert alert)
        {
            var (since, least, most) = alert.Rule switch
            {
                AlertRule.EyesClosed => (_shutSince, 1.3, 1.9),
                AlertRule.LongLookAway => (_awaySince, 2.8, 3.4),
                _ => (null, 0.0, 0.0),
            };
            if (most == 0) return;
            var after = since is { } from ? (alert.At - from).TotalSeconds : -1;
            if (after < least || after > most) Faults.Add($"{alert.At}: {alert.Rule} {after:F2} s after its cause");
            else _isWarned = true;
        }

        /// <summary>A blink needs no alert; what is longer than its limit was warned of.</summary>
        private (TimeSpan?, int) End(TimeSpan since, TimeSpan at, double due, int count)
        {
            var (lasted, isWarned) = ((at - since).TotalSeconds, _isWarned);
            _isWarned = false;
            if (lasted < due) return (null, count);
            if (!isWarned) Faults.Add($"{since}: nobody was warned of {lasted:F1} s");
            return (null, count + 1);
        }
    }
}
