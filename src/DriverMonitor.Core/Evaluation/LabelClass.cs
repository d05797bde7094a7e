namespace DriverMonitor.Core.Evaluation;

/// <summary>What a label can say of a stretch of time.</summary>
public enum LabelClass
{
    /// <summary>Both eyes shut, from a blink to sleep.</summary>
    Closure,

    Yawn,
    Nod,

    /// <summary>Head or eyes off the road.</summary>
    LookAway,

    /// <summary>A phone in the hand or at the ear.</summary>
    Phone,

    /// <summary>The person is drowsy: a state, not an event.</summary>
    Drowsy,

    /// <summary>The person is awake and attentive.</summary>
    Awake,

    Angry,

    /// <summary>Neither angry nor otherwise moved.</summary>
    Neutral,

    Stressed,
    Calm,

    /// <summary>Nothing is judged here, neither right nor wrong.</summary>
    Ignored,
}

/// <summary>A labelled stretch.</summary>
public readonly record struct Label(LabelClass Class, TimeRange Range);
