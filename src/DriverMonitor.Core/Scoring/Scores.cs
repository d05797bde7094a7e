using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// What one second amounts to: every state of the driver as a vector, with its reasons. Filled in place once a second, so
/// that judging costs no memory: what is to be kept must be copied before the next step.
/// </summary>
public sealed class Scores
{
    /// <summary>The second's end, on the input's clock.</summary>
    public TimeSpan At { get; internal set; }

    /// <summary>The heart's figures; null while nothing comes from the strap.</summary>
    public HeartFeatures? Heart { get; internal set; }

    public StateScore Fatigue { get; internal set; } = Unjudged;
    public StateScore Stress { get; internal set; } = Unjudged;
    public StateScore Anger { get; internal set; } = Unjudged;
    public StateScore Distraction { get; internal set; } = Unjudged;

    /// <summary>Experimental, and shown to nobody while driving.</summary>
    public StateScore Daydream { get; internal set; } = Unjudged;

    /// <summary>
    /// Karolinska sleepiness that the fatigue score stands for, 1..9; uncalibrated, see <see cref="SleepinessScale"/>.
    /// </summary>
    public double KssEquivalent { get; internal set; }

    /// <summary>One name for states that come together.</summary>
    public MixedState Mixed { get; internal set; }

    /// <summary>Neither the person's face nor heart was known well: the first minutes.</summary>
    public bool IsCold { get; internal set; }

    public Explanation FatigueWhy { get; internal set; } = new();
    public Explanation StressWhy { get; internal set; } = new();
    public Explanation AngerWhy { get; internal set; } = new();
    public Explanation DistractionWhy { get; internal set; } = new();

    private static StateScore Unjudged => new(0, 0, 0, 1, StateLevel.Unknown, MissingReason.NotMeasured);

    /// <summary>Nothing is judged until the next second.</summary>
    internal void Reset()
    {
        Fatigue = Stress = Anger = Distraction = Daydream = Unjudged;
        Mixed = MixedState.None;
    }
}
