using System.Globalization;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>
/// The same drive with something drowsier in it, through the whole pipeline: lids that stay down longer, a yawn, a nod, fewer
/// hours slept. At no second is it judged fresher.
/// </summary>
public class DrowsierTests
{
    // Filters and windows see other times of the same thing; a hundredth of P decides nothing.
    private const double Indifferent = 0.01;

    /// <summary>One blink, and the time to the next.</summary>
    private sealed record Blink(double Shut, double Longer, double Open);

    [Property(MaxTest = 20)]
    public Property Lids_down_for_longer_never_lower_fatigue() =>
        Prop.ForAll(Blinks().ToArbitrary(), blinks =>
        {
            string Drive(bool drowsy) => "20s open gaze 0 0 speed 90; " + string.Join("; ", blinks.Select(b => string.Create(
                CultureInfo.InvariantCulture, $"{b.Shut + (drowsy ? b.Longer : 0):0.000}s shut; {b.Open - (drowsy ? b.Longer : 0):0.000}s open gaze 0 0")));
            AssertNeverFresher(Drive(false), Drive(true));
        });

    [Property(MaxTest = 8)]
    public Property A_yawn_or_a_nod_more_never_lowers_fatigue() =>
        Prop.ForAll(Gen.Choose(30, 200).Two().ToArbitrary(), moments =>
        {
            string Drive(string one, string two) => string.Create(CultureInfo.InvariantCulture,
                $"{moments.Item1}s blinking gaze 0 0 speed 90; {one}; {moments.Item2}s blinking; {two}; 60s blinking");
            AssertNeverFresher(Drive("4s open", "2.2s shut"), Drive("4s mouth 0.6 open", "2.2s shut"));
            AssertNeverFresher(Drive("4s open", "0.8s lids 0.3; 0.5s lids 0.3; 0.7s lids 0.3"), Drive("4s open", "0.8s lids 0.3 pitch 0>-18; 0.5s lids 0.3 pitch -18; 0.7s lids 0.3 pitch -18>-4"));
        });

    [Property(MaxTest = 20)]
    public Property Longer_awake_or_less_slept_never_lowers_fatigue() =>
        Prop.ForAll(
            (
                from awake in Gen.Choose(2, 20)
                from longer in Gen.Choose(0, 16)
                from slept in Gen.Choose(0, 9)
                from less in Gen.Choose(0, 9)
                select (awake, longer, slept, less)
            ).ToArbitrary(),
            it =>
            {
                // In the first two hours one is still waking up: there longer awake is fresher.
                var rested = new SleepReading(TimeSpan.FromHours(it.awake + 1), TimeSpan.FromHours(it.slept));
                var tired = new SleepReading(
                    TimeSpan.FromHours(it.awake + 1 + it.longer), TimeSpan.FromHours(Math.Max(0, it.slept - it.less)));
                AssertNeverFresher(
                    Driven("100s blinking gaze 0 0 speed 90", rested), Driven("100s blinking gaze 0 0 speed 90", tired), "sleep");
            }
        );

    private static void AssertNeverFresher(string fresh, string drowsy) =>
        AssertNeverFresher(Driven(fresh), Driven(drowsy), $"{fresh}\n{drowsy}");

    private static void AssertNeverFresher(List<StateScore> fresh, List<StateScore> drowsy, string what)
    {
        Assert.Equal(fresh.Count, drowsy.Count);
        foreach (var (second, f, d) in fresh.Zip(drowsy).Select((pair, i) => (i, pair.First, pair.Second)))
            Assert.True(d.P >= f.P - Indifferent, $"second {second}: fresh {f}, drowsy {d}\n{what}");
    }

    private static List<StateScore> Driven(string drive, SleepReading? sleep = null)
    {
        var pipeline = new MonitorPipeline(new());
        var scores = new List<StateScore>();
        foreach (var seen in Drive.Of(drive, 15))
        {
            var noon = new WallClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero) + seen.At, Trusted: true);
            if (pipeline.Step(seen with { Wall = noon, Sleep = seen.At == TimeSpan.Zero ? sleep : null }).Scores is { } s)
                scores.Add(s.Fatigue);
        }

        return scores;
    }

    private static Gen<Blink[]> Blinks() =>
        (from shut in Gen.Choose(100, 350)
         from longer in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Choose(30, 400)), (1, Gen.Choose(400, 1500)))
         from open in Gen.Choose(2000, 6000)
         select new Blink(shut / 1000.0, longer / 1000.0, open / 1000.0)).ArrayOf(60);
}
