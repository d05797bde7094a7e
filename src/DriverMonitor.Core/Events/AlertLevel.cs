namespace DriverMonitor.Core.Events;

/// <summary>How urgent; the number goes over the wire.</summary>
public enum AlertLevel
{
    None = 0,

    /// <summary>Seen, not heard.</summary>
    Notice = 1,

    /// <summary>Heard once: look, or take a break.</summary>
    Warning = 2,

    /// <summary>Heard until it is over.</summary>
    Alarm = 3,

    /// <summary>The driver does not answer: the call-out hook.</summary>
    Emergency = 4,
}

/// <summary>The rule that spoke. Each has one row in <c>AlertTable</c>.</summary>
public enum AlertRule
{
    EyesClosed,
    LongLookAway,
    ManyLookAways,
    Phone,
    Fatigue,
    Stress,
    Anger,
    Daydream,
}
