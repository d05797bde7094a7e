using DriverMonitor.Core.Evaluation;

namespace DriverMonitor.Evaluation;

/// <summary>How often the driver is warned for nothing.</summary>
/// <param name="Raised">Alerts whose cause the labels can tell.</param>
/// <param name="Unjudged">Others.</param>
/// <param name="FalseAnHour">Over the inputs that label shut eyes and looks away.</param>
internal sealed record AlertFigures(
    int Raised, int FalseOnes, int Unjudged, TimeSpan Exposure, Estimate FalseAnHour, Estimate Precision,
    IReadOnlyDictionary<string, int> FalseByRule)
{
    public static AlertFigures Of(IReadOnlyList<ItemOutcome> outcomes)
    {
        // Only where both what shuts eyes and what turns heads is labelled does a silent hour say anything.
        var whole = outcomes.Where(outcome =>
            outcome.Events.ContainsKey(LabelClass.Closure) && outcome.Events.ContainsKey(LabelClass.LookAway)).ToList();
        var exposure = TimeSpan.FromTicks(whole.Sum(outcome => outcome.Lasted.Ticks));
        var judged = outcomes.SelectMany(outcome => outcome.Alerts).Where(alert => alert.IsRight is not null).ToList();
        var wrong = judged.Where(alert => alert.IsRight == false).ToList();
        return new(
            judged.Count,
            wrong.Count,
            outcomes.Sum(outcome => outcome.Alerts.Count) - judged.Count,
            exposure,
            Enough.Rate(whole.Sum(outcome => outcome.Alerts.Count(alert => alert.IsRight == false)), exposure),
            Enough.Share(judged.Count - wrong.Count, judged.Count, "alerts"),
            wrong.GroupBy(alert => alert.Rule).ToDictionary(group => group.Key, group => group.Count()));
    }
}

/// <summary>Labelled events that an alert was due for.</summary>
internal sealed record DueFigures(LabelClass Class, int Due, int Warned, Estimate Share, TimeError? After)
{
    public static DueFigures Of(LabelClass label, IReadOnlyList<DueAlert> due)
    {
        var warned = due.Where(one => one.After is not null).ToList();
        return new(
            label, due.Count, warned.Count, Enough.Share(warned.Count, due.Count, "labels"),
            TimeError.Of([.. warned.Select(one => one.After!.Value.TotalSeconds)]));
    }
}
