namespace DriverMonitor.Core.Evaluation;

/// <summary>
/// Which labels make an alert a right one. A rule whose classes an input's labels do not cover is not judged there.
/// </summary>
/// <param name="Classes">Any of these.</param>
/// <param name="Within">How long before the alert such a label may have ended.</param>
/// <param name="Least">Shorter labels explain nothing.</param>
public sealed record AlertCauses(IReadOnlyList<LabelClass> Classes, TimeSpan Within, TimeSpan Least)
{
    // Shut eyes warn from 1.5 s on, in poor light from a deep fall; a labelled blink never explains one.
    private static readonly AlertCauses Closed =
        new([LabelClass.Closure], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.8));

    private static readonly AlertCauses Away = new([LabelClass.LookAway], TimeSpan.FromSeconds(1), TimeSpan.Zero);

    // The rule of many glances looks back 30 s, fatigue's windows up to five minutes.
    private static readonly AlertCauses ManyGlances = new([LabelClass.LookAway], TimeSpan.FromSeconds(30), TimeSpan.Zero);
    private static readonly AlertCauses Tired = new(
        [LabelClass.Drowsy, LabelClass.Closure], TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(0.5));

    private static readonly AlertCauses Phone =
        new([LabelClass.Phone, LabelClass.LookAway], TimeSpan.FromSeconds(3), TimeSpan.Zero);

    private static readonly AlertCauses Angry = new([LabelClass.Angry], TimeSpan.FromMinutes(1), TimeSpan.Zero);
    private static readonly AlertCauses Stressed = new([LabelClass.Stressed], TimeSpan.FromMinutes(5), TimeSpan.Zero);

    /// <summary>By the rule's name and, for rules this table does not name, its state; null where no label can say it.</summary>
    public static AlertCauses? Of(string rule, string state) => (rule, state) switch
    {
        ("eyes_closed", _) => Closed,
        ("many_look_aways", _) => ManyGlances,
        ("phone" or "texting" or "phone_call", _) => Phone,
        (_, "fatigue") => Tired,
        (_, "distraction") => Away,
        (_, "anger") => Angry,
        (_, "stress") => Stressed,
        _ => null,
    };

    /// <summary>The classes among which an absence counts: the first is what the rule is about.</summary>
    public bool IsCovered(IReadOnlySet<LabelClass> covered) => covered.Contains(Classes[0]);

    public bool Explains(TimeSpan raisedAt, IEnumerable<Label> labels) => labels.Any(label =>
        Classes.Contains(label.Class) && label.Range.Duration >= Least && label.Range.From <= raisedAt
        && label.Range.Until + Within >= raisedAt);
}
