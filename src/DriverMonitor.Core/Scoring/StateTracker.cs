using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>The states of the driver who sits there now, and what was learned of that person.</summary>
internal sealed class StateTracker(ScoringParameters settings, DriverProfile? profile) : IModalityTracker
{
    private DriverStateEstimator _estimator = new(settings, profile);

    public DriverStateEstimator Estimator => _estimator;

    public void Reset(TimeSpan before, TimeSpan at) => _estimator.Reset();

    public void ChangeDriver() => _estimator = new(settings);

    /// <summary>
    /// Most of what is learned of a person rests on the face; what rests on the pulse alone, the estimator forgets itself.
    /// </summary>
    public void Withdraw(Modalities withdrawn)
    {
        if ((withdrawn & Modalities.Camera) != 0) ChangeDriver();
    }
}
