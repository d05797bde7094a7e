namespace DriverMonitor.Core.Alerts;

/// <summary>How a rule's alerts are rationed.</summary>
internal enum AlertKind
{
    /// <summary>Heard whenever it rises.</summary>
    Safety,

    /// <summary>Heard a few times an hour, and until the driver acknowledges it.</summary>
    Advice,

    /// <summary>Seen a few times a shift, never heard.</summary>
    Hint,
}
