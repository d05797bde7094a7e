using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Tests.Alerts;

public class AlertTableTests
{
    [Fact]
    public void Every_rule_has_its_rows_and_names()
    {
        foreach (var rule in Enum.GetValues<AlertRule>())
        {
            Assert.Contains(AlertTable.Rows, r => r.Rule == rule);
            Assert.NotEmpty(AlertTable.NameOf(rule));
            Assert.Contains(AlertTable.StateOf(rule), (string[])["fatigue", "distraction", "stress", "anger"]);
            Assert.Equal(AlertTable.Rows.Where(r => r.Rule == rule).Max(r => r.Level), AlertTable.Highest(rule));
        }

        foreach (var row in AlertTable.Rows) Assert.Same(row, AlertTable.Row(row.Rule, row.Level));
    }

    [Fact]
    public void Ranks_keys_and_words_are_unique()
    {
        Assert.Distinct(AlertTable.Rows.Select(r => r.Rank));
        Assert.Equal(AlertTable.Rows.Select(r => r.Rank).Order(), AlertTable.Rows.Select(r => r.Rank));
        Assert.Distinct(AlertTable.Rows.Select(r => r.WordsKey));
        Assert.Distinct(AlertTable.Rows.Select(r => r.Words));
        Assert.Distinct(Enum.GetValues<AlertRule>().Select(AlertTable.NameOf));
    }

    [Fact]
    public void A_worse_level_of_a_rule_ranks_higher()
    {
        foreach (var rows in AlertTable.Rows.GroupBy(r => r.Rule))
            Assert.Equal(rows.OrderByDescending(r => r.Level), rows.OrderBy(r => r.Rank));
    }

    [Fact]
    public void What_is_heard_can_be_told_apart_by_rhythm_alone()
    {
        var sounds = AlertTable.Rows.Select(r => r.Sound).Where(s => s.Beeps.Length > 0).Distinct().ToList();
        Assert.Distinct(sounds.Select(s => s.Name));
        Assert.Distinct(sounds.Select(s => string.Join(" ", s.Beeps.Select(b => $"{b.On.TotalMilliseconds}/{b.Off.TotalMilliseconds}")) + s.Repeats));
    }

    [Fact]
    public void Sleep_sounds_more_urgent_than_looking_away()
    {
        foreach (var level in (AlertLevel[])[AlertLevel.Warning, AlertLevel.Alarm, AlertLevel.Emergency])
        {
            var sleep = AlertTable.Row(AlertRule.EyesClosed, level).Sound;
            var look = AlertTable.Row(AlertRule.LongLookAway, level).Sound;
            Assert.True(sleep.ToneHz > look.ToneHz);
            Assert.True(Mean(sleep) < Mean(look));
        }

        static double Mean(SoundPattern sound) => sound.Beeps.Average(b => (b.On + b.Off).TotalMilliseconds);
    }

    [Fact]
    public void An_alarm_is_heard_until_it_is_over_and_a_hint_never()
    {
        foreach (var row in AlertTable.Rows)
        {
            if (row.Rule is AlertRule.EyesClosed or AlertRule.LongLookAway)
                Assert.Equal(row.Level >= AlertLevel.Alarm, row.Sound.Repeats);
            if (row.Level == AlertLevel.Notice)
                Assert.Empty(row.Sound.Beeps);
            Assert.NotEqual(Lamp.Off, row.Lamp);
        }
    }
}
