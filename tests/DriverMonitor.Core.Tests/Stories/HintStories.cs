using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>A driver cut off by a van, in moments in which there is enough to do, or who does not want to be told.</summary>
public class HintStories
{
    private const string Calm = "300s blinking smile 0 angry 0.05 heart 70 speed 90; ";
    private const string Angry = "20s blinking scowl 0.9 angry 0.9 heart 100";

    //   name                     drive                                                                              hints of anger at
    public static TheoryData<string, string, string> Drives => new()
    {
        { "on a straight road", Calm + Angry, "306" },
        { "in a roundabout", Calm + Angry + " steer 120", "" },
        { "a bend just before", Calm.Replace("speed 90", "speed 90 steer 120", StringComparison.Ordinal) + Angry, "310" },
        { "hard braking just before", Calm + "3s blinking smile 0 angry 0.05 heart 70 speed 90>30; " + Angry, "" },
        { "speeding up just before", Calm.Replace("speed 90", "speed 30", StringComparison.Ordinal) + "3s blinking smile 0 angry 0.05 heart 70 speed 30>90; " + Angry, "309" },
        { "a hand's breadth of steering", Calm + Angry + " steer -25", "306" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_hint_waits_for_a_quiet_moment(string name, string drive, string hints) =>
        Assert.Equal(
            (name, hints),
            (
                name,
                string.Join(
                    ' ', Told(drive)
                        .OfType<MonitorEvent.Alert>()
                        .Where(alert => alert is { Rule: AlertRule.Anger, Phase: AlertPhase.Raised })
                        .Select(alert => Math.Round(alert.At.TotalSeconds)))));

    [Fact]
    public void An_acknowledged_hint_is_the_last_one_for_an_hour()
    {
        var again = string.Join("; ", Enumerable.Repeat(Angry + "; 1400s blinking smile 0 angry 0.05 heart 70", 3));
        Assert.Equal(3, Raised(Told(Calm + again)));
        var told = Told(Calm + again, acknowledged: 310).ToList();
        Assert.Equal(1, Raised(told));
        Assert.Contains(
            told,
            line =>
                line is MonitorEvent.Alert { Rule: AlertRule.Anger, Phase: AlertPhase.Cleared, At.TotalSeconds: > 309 and < 311 }
        );
    }

    [Fact]
    public void A_hint_stands_on_through_a_bend() =>
        Assert.DoesNotContain(Told(Calm + "10s blinking scowl 0.9 angry 0.9 heart 100; 10s blinking scowl 0.9 angry 0.9 heart 100 steer 120"),
            line => line is MonitorEvent.Alert { Rule: AlertRule.Anger, Phase: AlertPhase.Cleared });

    [Fact]
    public void A_hint_ends_with_the_consent_to_judge_anger() =>
        Assert.Contains(
            Told(Calm + Angry, withdrawn: 312),
            line =>
                line is MonitorEvent.Alert { Rule: AlertRule.Anger, Phase: AlertPhase.Cleared, At.TotalSeconds: > 311 and < 313 }
        );

    [Fact]
    public void What_was_withdrawn_stays_withdrawn_for_whoever_sits_down_next()
    {
        const string Next = "1s blinking smile 0 angry 0.05 track 1; 300s blinking smile 0 angry 0.05 track 1 speed 90; 20s blinking scowl 0.9 angry 0.9 heart 100 track 1";
        var drive = "60s blinking smile 0 angry 0.05 heart 70 speed 90; 20s noface speed 0; " + Next;
        Assert.Equal(1, Raised(Told(drive)));
        Assert.Equal(0, Raised(Told(drive, withdrawn: 30)));
    }

    private static int Raised(IEnumerable<MonitorEvent> told) =>
        told.Count(line => line is MonitorEvent.Alert { Rule: AlertRule.Anger, Phase: AlertPhase.Raised });

    private static IEnumerable<MonitorEvent> Told(string drive, double? acknowledged = null, double? withdrawn = null)
    {
        var pipeline = new MonitorPipeline(new() { Anger = new() { Enabled = true } });
        foreach (var seen in Drive.Of(drive, 15))
        {
            var withdraws = withdrawn is { } then && Math.Abs(seen.At.TotalSeconds - then) < 0.03;
            var presses = acknowledged is { } when && Math.Abs(seen.At.TotalSeconds - when) < 0.03;
            foreach (var happened in pipeline.Step(seen with
            {
                Acknowledged = presses, Allowed = withdraws ? Modalities.All & ~Modalities.Anger : null,
            }).Events) yield return happened;
        }
    }
}
