using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;

namespace DriverMonitor.Core.Alerts;

/// <summary>When a state is worth a hint, which is seen and never heard.</summary>
internal static class HintLevel
{
    /// <param name="mayBegin">A quiet moment; a hint that stands outlasts it.</param>
    public static AlertLevel? Of(in StateScore state, AlertLevel standing, bool mayBegin) =>
        state.Level == StateLevel.Unknown || state.Confidence <= 0 ? null
        : state.Level >= StateLevel.Watch && (mayBegin || standing > AlertLevel.None) ? AlertLevel.Notice
        : AlertLevel.None;
}
