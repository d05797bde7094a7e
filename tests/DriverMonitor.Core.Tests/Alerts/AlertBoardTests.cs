using System.Globalization;
using DriverMonitor.Core.Alerts;
using static DriverMonitor.Core.Alerts.AlertLevel;
using static DriverMonitor.Core.Alerts.AlertRule;

namespace DriverMonitor.Core.Tests.Alerts;

public class AlertBoardTests
{
    //   name                                     rule, level wanted, minutes at which it is wanted for a second      heard or shown at (minutes)
    public static TheoryData<string, AlertRule, AlertLevel, string, string, string> Budgets => new()
    {
        { "break advice is heard every five minutes", Fatigue, Warning, "0 3 6",                "0 6",           "0 3 6" },
        { "and six times an hour",                  Fatigue, Warning, "0 6 12 18 24 30 36 42 66", "0 6 12 18 24 30 66", "0 6 12 18 24 30 36 42 66" },
        { "the critical level need not wait",       Fatigue, Alarm,   "0 1",                    "0 1",           "0 1" },
        { "a hint is never heard",                  Anger,   Notice,  "0",                      "",              "0" },
        { "hints come three times a shift",         Stress,  Notice,  "0 10 20 40 60 80",       "",              "0 20 40" },
        { "the safety path is never rationed",      EyesClosed, Alarm, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7" },
    };

    [Theory]
    [MemberData(nameof(Budgets))]
    public void Advice_is_rationed(string name, AlertRule rule, AlertLevel wanted, string minutes, string heard, string shown)
    {
        var board = new AlertBoard(new());
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
        var board = new AlertBoard(new());
        board.SnoozeHints(TimeSpan.Zero);
        Assert.Equal(LadderMove.None, board.Step(TimeSpan.FromMinutes(59), Stress, Notice));
        Assert.Equal(LadderMove.Raised, board.Step(TimeSpan.FromMinutes(59), EyesClosed, Warning));
        Assert.Equal(LadderMove.Raised, board.Step(TimeSpan.FromMinutes(61), Stress, Notice));
    }

    [Fact]
    public void The_most_urgent_alert_speaks()
    {
        var board = new AlertBoard(new());
        (AlertRule Rule, AlertLevel Level)[] rising =
            [(Daydream, Notice), (Stress, Notice), (Fatigue, Warning), (ManyLookAways, Warning), (LongLookAway, Warning), (EyesClosed, Warning), (LongLookAway, Emergency), (EyesClosed, Emergency)];
        foreach (var (rule, level) in rising)
        {
            board.Step(TimeSpan.Zero, rule, level);
            // The daydream used up the leave for hints.
            if (rule == Stress) continue;
            Assert.Equal((rule, level), (board.Standing!.Rule, board.Standing.Level));
        }
    }

    private static string Text(IEnumerable<double> minutes) =>
        string.Join(" ", minutes.Select(m => Math.Round(m, 1).ToString(CultureInfo.InvariantCulture)));
}
