using System.Globalization;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using static DriverMonitor.Core.Events.AlertLevel;
using static DriverMonitor.Core.Events.AlertRule;

namespace DriverMonitor.Core.Tests.Alerts;

public class AlertArbiterTests
{
    //   name                                     rule, level wanted, minutes at which it is wanted for a second      heard or shown at (minutes)
    public static TheoryData<string, AlertRule, AlertLevel, string, string, string> Budgets =>
        new()
        {
            { "break advice is heard every five minutes", Fatigue, Warning, "0 3 6", "0 6", "0 3 6" },
            {
                "and six times an hour",
                Fatigue,
                Warning,
                "0 6 12 18 24 30 36 42 66",
                "0 6 12 18 24 30 66",
                "0 6 12 18 24 30 36 42 66"
            },
            { "the critical level need not wait", Fatigue, Alarm, "0 1", "0 1", "0 1" },
            { "a hint is never heard", Anger, Notice, "0", "", "0" },
            { "hints come three times a shift", Stress, Notice, "0 10 20 40 60 80", "", "0 20 40" },
            {
                "the safety path is never rationed",
                EyesClosed,
                Alarm,
                "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7",
                "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7",
                "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7"
            },
        };

    [Theory]
    [MemberData(nameof(Budgets))]
    public void Advice_is_rationed(string name, AlertRule rule, AlertLevel wanted, string minutes, string heard, string shown)
    {
        var board = new AlertArbiter(new());
        var when = minutes.Split(' ').Select(m => double.Parse(m, CultureInfo.InvariantCulture)).ToArray();
        var heardAt = new List<double>();
        var shownAt = new List<double>();
        for (var second = 0; second <= when[^1] * 60 + 5; second++)
        {
            var asks = when.Any(m => Math.Round(m * 60) == second);
            if (board.Step(TimeSpan.FromSeconds(second), rule, asks ? wanted : None) == LadderMove.Raised)
            {
                shownAt.Add(second / 60.0);
                if (!board.IsSilenced(rule)) heardAt.Add(second / 60.0);
            }

            // Half-second steps in between, so that the spell of calm is a spell of steps.
            board.Step(TimeSpan.FromSeconds(second + 0.5), rule, None);
        }

        Assert.Equal((name, heard, shown), (name, Text(heardAt), Text(shownAt)));
    }

    [Fact]
    public void A_driver_who_wants_no_hints_gets_none_for_an_hour_and_every_alarm()
    {
        var board = new AlertArbiter(new());
        board.SnoozeHints(TimeSpan.Zero);
        Assert.Equal(LadderMove.None, board.Step(TimeSpan.FromMinutes(59), Stress, Notice));
        Assert.Equal(LadderMove.Raised, board.Step(TimeSpan.FromMinutes(59), EyesClosed, Warning));
        Assert.Equal(LadderMove.Raised, board.Step(TimeSpan.FromMinutes(61), Stress, Notice));
    }

    //   name                                          minute, what happens to the advice, fatigue score      minutes at which it is heard
    public static TheoryData<string, string, string> Acknowledgements => new()
    {
        { "acknowledged and no worse",                 "0 warn 0.62, 1 ok 0.62, 2 over 0, 7 warn 0.70",         "0" },
        { "acknowledged, and risen by a tenth",        "0 warn 0.62, 1 ok 0.62, 2 over 0, 7 warn 0.73",         "0 7" },
        { "acknowledged, and a quarter of an hour on", "0 warn 0.62, 1 ok 0.62, 2 over 0, 17 warn 0.62",        "0 17" },
        { "acknowledged, then it becomes critical",    "0 warn 0.62, 1 ok 0.62, 2 stop 0.90",                   "0 2" },
        { "acknowledged, stands, and is no worse",     "0 warn 0.62, 1 ok 0.62, 7 warn 0.70, 15 warn 0.70",     "0" },
        { "acknowledged, stands, and rises by a tenth", "0 warn 0.62, 1 ok 0.62, 4 warn 0.73, 6 warn 0.73",     "0 6" },
        { "acknowledged, stands for a quarter of an hour", "0 warn 0.62, 1 ok 0.62, 16 warn 0.62, 17 warn 0.9", "0 16" },
        { "acknowledged twice while it stands",        "0 warn 0.62, 1 ok 0.62, 7 warn 0.73, 8 ok 0.73, 14 warn 0.75, 16 warn 0.84", "0 7 16" },
        { "stands unacknowledged: heard once",         "0 warn 0.62, 6 warn 0.80, 20 warn 0.80",                "0" },
        { "nothing stood that could be acknowledged",  "0 ok 0.10, 2 warn 0.62",                                "2" },
        { "nothing stood, though the score was high",  "0 ok 0.60, 2 warn 0.62",                                "2" },
        { "acknowledged by the driver before",         "0 warn 0.62, 1 ok 0.62, 2 over 0, 2 other 0, 3 warn 0.62", "0 3" },
        { "only seen, then warned of",                 "0 notice 0.40, 1 warn 0.62",                            "1" },
        { "six in the hour, by the driver before",     "0 warn 0.6, 1 over 0, 6 warn 0.6, 7 over 0, 12 warn 0.6, 13 over 0, 18 warn 0.6, 19 over 0, "
            + "24 warn 0.6, 25 over 0, 30 warn 0.6, 31 over 0, 31 other 0, 32 warn 0.6",                        "0 6 12 18 24 30 32" },
    };

    [Theory]
    [MemberData(nameof(Acknowledgements))]
    public void Acknowledged_advice_is_heard_again_when_it_got_worse_or_has_lasted(string name, string happens, string heard)
    {
        var board = new AlertArbiter(new());
        var heardAt = new List<double>();
        foreach (var words in happens.Split(", ").Select(text => text.Split(' ')))
        {
            var (minute, what, score) = (Number(words[0]), words[1], Number(words[2]));
            var at = TimeSpan.FromMinutes(minute);
            switch (what)
            {
                case "ok":
                    board.Acknowledge(at, score);
                    continue;
                case "other":
                    board.RenewBudget();
                    continue;
                case "over":
                    for (var half = 0; half < 6; half++) board.Step(at + TimeSpan.FromSeconds(half / 2.0), Fatigue, None);
                    continue;
            }

            var wasHeard = board.LevelOf(Fatigue) > Notice && !board.IsSilenced(Fatigue);
            var moved =
                board.Step(
                    at,
                    Fatigue,
                    what == "stop" ? Alarm
                        : what == "warn" ? Warning
                        : Notice,
                    score
                ) != LadderMove.None;
            if (board.LevelOf(Fatigue) > Notice && !board.IsSilenced(Fatigue) && (moved || !wasHeard))
                heardAt.Add(minute);
        }

        Assert.Equal((name, heard), (name, Text(heardAt)));
    }

    [Fact]
    public void Acknowledging_advice_silences_the_advice_and_nothing_else()
    {
        var board = new AlertArbiter(new());
        AlertRule[] standing = [Fatigue, EyesClosed, LongLookAway, ManyLookAways, Phone];
        foreach (var rule in standing) board.Step(TimeSpan.Zero, rule, Warning);
        board.Acknowledge(TimeSpan.Zero, 0.62);
        Assert.Equal([Fatigue], Enum.GetValues<AlertRule>().Where(board.IsSilenced));
    }

    [Fact]
    public void The_safety_path_is_heard_whatever_was_heard_before()
    {
        var board = new AlertArbiter(new());
        board.Step(TimeSpan.Zero, Fatigue, Alarm, 0.9);
        board.Acknowledge(TimeSpan.Zero, 0.9);
        board.SnoozeHints(TimeSpan.Zero);
        foreach (var rule in (AlertRule[])[EyesClosed, LongLookAway, ManyLookAways, Phone])
        {
            Assert.Equal(LadderMove.Raised, board.Step(TimeSpan.FromSeconds(1), rule, Warning));
            Assert.False(board.IsSilenced(rule));
        }
    }

    [Fact]
    public void The_most_urgent_alert_speaks()
    {
        var board = new AlertArbiter(new());
        (AlertRule Rule, AlertLevel Level)[] rising =
        [
            (Daydream, Notice),
            (Stress, Notice),
            (Fatigue, Warning),
            (ManyLookAways, Warning),
            (LongLookAway, Warning),
            (EyesClosed, Warning),
            (LongLookAway, Emergency),
            (EyesClosed, Emergency),
        ];
        foreach (var (rule, level) in rising)
        {
            board.Step(TimeSpan.Zero, rule, level);
            // The daydream used up the leave for hints.
            if (rule == Stress) continue;
            Assert.Equal((rule, level), (board.Standing!.Rule, board.Standing.Level));
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(IEnumerable<double> minutes) =>
        string.Join(" ", minutes.Select(m => Math.Round(m, 1).ToString(CultureInfo.InvariantCulture)));
}
