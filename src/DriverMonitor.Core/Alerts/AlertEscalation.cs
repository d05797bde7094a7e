using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Alerts;

/// <summary>What a step of a ladder changed.</summary>
public enum LadderMove { None, Raised, Escalated, Cleared }

/// <summary>
/// One rule's alert: rises at once, never falls while it stands, and ends after a spell of calm. A relapse inside the
/// calm is the same alert and starts the calm again.
/// </summary>
public sealed class AlertEscalation(TimeSpan calm, TimeSpan lost)
{
    // A hole in the observations is no calm.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(0.5);

    private TimeSpan? _last;
    private AlertLevel? _lastWanted;
    private TimeSpan _calmFor;
    private TimeSpan _lostFor;

    public AlertLevel Level { get; private set; }

    /// <param name="wanted">What the rule asks for now; null while its cause cannot be seen, which calms nobody.</param>
    public LadderMove Step(TimeSpan at, AlertLevel? wanted)
    {
        Count(at);
        (_last, _lastWanted) = (at, wanted);

        if (wanted > Level) return Rise(wanted.Value);
        if (wanted > AlertLevel.None) (_calmFor, _lostFor) = (default, default);
        return Level != AlertLevel.None && (_calmFor >= calm || _lostFor >= lost) ? StandDown() : LadderMove.None;
    }

    /// <summary>The time since the last step belongs to what was wanted then.</summary>
    private void Count(TimeSpan at)
    {
        var lasting = at - _last ?? TimeSpan.Zero;
        if (_lastWanted is null)
            _lostFor += lasting;
        else if (_lastWanted == AlertLevel.None)
            (_calmFor, _lostFor) = (_calmFor + (lasting < LongestStep ? lasting : LongestStep), default);
    }

    /// <summary>Ends the alert at once: the vehicle stands, or the driver is another one.</summary>
    public LadderMove StandDown()
    {
        var stood = Level != AlertLevel.None;
        (Level, _calmFor, _lostFor) = (AlertLevel.None, default, default);
        return stood ? LadderMove.Cleared : LadderMove.None;
    }

    private LadderMove Rise(AlertLevel to)
    {
        var move = Level == AlertLevel.None ? LadderMove.Raised : LadderMove.Escalated;
        (Level, _calmFor, _lostFor) = (to, default, default);
        return move;
    }
}
