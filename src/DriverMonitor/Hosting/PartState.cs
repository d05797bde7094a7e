namespace DriverMonitor.Hosting;

/// <summary>How a part is.</summary>
internal enum PartCondition
{
    /// <summary>It has not failed of late.</summary>
    Well,

    /// <summary>It failed within the last minute, and is tried again.</summary>
    Failing,

    /// <summary>It failed too often, and stays down until the program is started again.</summary>
    Down,
}

/// <summary>How a part is, and what was wrong with it last.</summary>
/// <param name="Failures">Since the start of the program.</param>
/// <param name="Fault">The last failure in one line, without what it was about: that may be foreign or personal. Null if there
/// was none.</param>
internal readonly record struct PartState(ServicePart Part, PartCondition Condition, long Failures, string? Fault);
