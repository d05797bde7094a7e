using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Tests.Alerts;

public class AlertRulesTests
{
    [Fact]
    public void Every_rule_is_judged_once_and_reported_once()
    {
        Assert.Equal(Enum.GetValues<AlertRule>(), AlertRules.Numbered.Select(rule => rule.Rule));
        Assert.Equal(AlertRules.Numbered.Length, AlertRules.All.Length);
        Assert.All(AlertRules.All, rule => Assert.All(rule.Rows, row => Assert.Equal(rule.Rule, row.Rule)));
    }

    [Fact]
    public void A_rule_that_nobody_registered_is_refused_and_not_taken_for_another()
    {
        var unknown = (AlertRule)99;
        Assert.Throws<ArgumentOutOfRangeException>(() => AlertRules.Of(unknown));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlertTable.Row(unknown, AlertLevel.Notice));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlertTable.NameOf(unknown));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlertTable.StateOf(unknown));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlertRateLimit(new()).Request(default, unknown, AlertLevel.Notice));
    }

    [Fact]
    public void Anger_asks_for_a_hint_before_stress()
    {
        var order = AlertRules.All.Select(rule => rule.Rule).ToList();
        Assert.True(order.IndexOf(AlertRule.Anger) < order.IndexOf(AlertRule.Stress));
    }
}
