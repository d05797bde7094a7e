using DriverMonitor.Core.Privacy;

namespace DriverMonitor.Core.Privacy;

/// <summary>How much may leave the vehicle; each level contains the one before.</summary>
public enum WireLevel
{
    /// <summary>Nothing.</summary>
    P0,

    /// <summary>Alerts with the names and limits of their reasons, judgements, and status; no value that was measured.</summary>
    P1,

    /// <summary>The measured values too, and traces.</summary>
    P2,

    /// <summary>The position too.</summary>
    P3,
}
