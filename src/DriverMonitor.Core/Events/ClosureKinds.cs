using DriverMonitor.Core.Features;

namespace DriverMonitor.Core.Events;

/// <summary>Names closures by their length.</summary>
public static class ClosureKinds
{
    public static ClosureKind Of(in Closure closure, EyeSettings settings) =>
        closure.Shut >= settings.Unresponsive ? ClosureKind.Unresponsive
        : closure.Shut >= settings.Sleep ? ClosureKind.Sleep
        : closure.Shut >= settings.Microsleep ? ClosureKind.Microsleep
        : closure.Shut >= settings.LongBlink || closure.Duration >= settings.LongestBlink ? ClosureKind.LongBlink
        : ClosureKind.Blink;

    /// <summary>
    /// A blink is measured at half amplitude, as everybody does; a long closure by the time the eyes were shut, which is
    /// what its limits are about.
    /// </summary>
    public static TimeSpan Lasting(in Closure closure, ClosureKind kind) =>
        kind >= ClosureKind.Microsleep ? closure.Shut : closure.Duration;
}
