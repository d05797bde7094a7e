using System.Globalization;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Tests.Alerts;

public class AlertEscalationTests
{
    //   name                                  what is wanted, second by second ("?" = unknown, "_" = no step)    what moved, and when
    public static TheoryData<string, string, string> Ladders => new()
    {
        { "nothing wanted",                      "00000",           "" },
        { "rises at once",                       "0034",            "2 Raised, 3 Escalated" },
        { "never falls while it stands",         "0322222",         "1 Raised" },
        { "ends after a spell of calm",          "030000",          "1 Raised, 4 Cleared" },
        { "relapse inside the calm restarts it", "0300300000",      "1 Raised, 7 Cleared" },
        { "unknown calms nobody",                "030??000",        "1 Raised, 6 Cleared" },
        { "calm and unknown by turns end it",    "030?0?",          "1 Raised, 5 Cleared" },
        { "a hole is half a second of calm",      "030_000000",      "1 Raised, 5 Cleared" },
        { "calm from before it rose counts not", "00000030000",     "6 Raised, 9 Cleared" },
        { "calm from before it rose further counts not", "3040000", "0 Raised, 2 Escalated, 5 Cleared" },
        { "unknown for long ends it",            "03???????????????????????????????", "1 Raised, 32 Cleared" },
    };

    [Theory]
    [MemberData(nameof(Ladders))]
    public void A_ladder_moves(string name, string wanted, string moves)
    {
        var ladder = new AlertEscalation(calm: TimeSpan.FromSeconds(2), lost: TimeSpan.FromSeconds(30));
        var moved = new List<string>();
        for (var tenth = 0; tenth < wanted.Length * 10; tenth++)
        {
            var level = wanted[tenth / 10];
            if (level == '_') continue;
            var move = ladder.Step(TimeSpan.FromSeconds(tenth / 10.0), level == '?' ? null : (AlertLevel)(level - '0'));
            if (move != LadderMove.None)
                moved.Add(string.Create(CultureInfo.InvariantCulture, $"{Math.Round(tenth / 10.0)} {move}"));
        }

        Assert.Equal((name, moves), (name, string.Join(", ", moved)));
    }

    [Fact]
    public void An_alert_whose_cause_lasts_one_picture_stands_for_the_whole_calm()
    {
        var ladder = new AlertEscalation(calm: TimeSpan.FromSeconds(2), lost: TimeSpan.FromSeconds(30));
        for (var tenth = 0; tenth < 50; tenth++) ladder.Step(TimeSpan.FromSeconds(tenth / 10.0), AlertLevel.None);

        Assert.Equal(LadderMove.Raised, ladder.Step(TimeSpan.FromSeconds(5), AlertLevel.Warning));
        Assert.All(Enumerable.Range(51, 20), tenth =>
            Assert.Equal(LadderMove.None, ladder.Step(TimeSpan.FromSeconds(tenth / 10.0), AlertLevel.None)));
        Assert.Equal(LadderMove.Cleared, ladder.Step(TimeSpan.FromSeconds(7.1), AlertLevel.None));
    }
}
