using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core;

/// <summary>The whole judgement: observations in, outcomes out. Live, replay, demo and test all call the same Step.</summary>
public sealed class MonitorPipeline
{
    private TimeSpan _now;

    /// <summary>Judges one observation; call it in the order of arrival.</summary>
    public Outcome Step(in Observation observation)
    {
        _now = observation.At;
        return new(_now, default, StandingAlert.None, []);
    }
}
