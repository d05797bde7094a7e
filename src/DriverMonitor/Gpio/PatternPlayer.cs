using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Gpio;

/// <summary>What the buzzer does now, and when it will do something else.</summary>
/// <param name="On">A tone sounds.</param>
/// <param name="ToneHz">Its pitch, for a buzzer that needs one.</param>
/// <param name="Until">When the next change is due; null if only another alert can bring one.</param>
internal readonly record struct Sounding(bool On, int ToneHz, TimeSpan? Until);

/// <summary>Decides what sounds: the standing alert's pattern, begun at once when the alert rises.</summary>
internal sealed class PatternPlayer(Func<StandingAlert, SoundPattern> table)
{
    /// <summary>
    /// From the beginning of one sound to the beginning of another of the same level. An alert that flickers must not
    /// make the buzzer chatter; a higher level never waits. Engineering judgement.
    /// </summary>
    public static readonly TimeSpan BetweenSounds = TimeSpan.FromSeconds(2);

    private StandingAlert _heard = StandingAlert.None;
    private SoundPattern _pattern = SoundPattern.Silence;
    private TimeSpan _startedAt;
    private AlertLevel _lastLevel = AlertLevel.None;
    private TimeSpan _lastStart;

    /// <summary>The pattern that was begun last.</summary>
    public SoundPattern Pattern => _pattern;

    /// <summary>Call it when the alert changes and when <see cref="Sounding.Until"/> is reached.</summary>
    public Sounding Step(TimeSpan now, StandingAlert wanted)
    {
        TimeSpan? heldUntil = null;

        if (wanted != _heard)
        {
            var next = table(wanted);
            if (!PatternWave.IsAudible(next))
                Begin(now, wanted, SoundPattern.Silence);
            else if (wanted.Level == _lastLevel && now - _lastStart < BetweenSounds)
                heldUntil = _lastStart + BetweenSounds;
            else if (next.Equals(_pattern) && PatternWave.At(_pattern, _startedAt, now).Until is not null)
                _heard = wanted; // the same tones for another reason: starting again would only stutter
            else
                Begin(now, wanted, next);
        }

        var sounding = PatternWave.At(_pattern, _startedAt, now);
        return heldUntil is { } held && !(sounding.Until < held) ? sounding with { Until = held } : sounding;
    }

    private void Begin(TimeSpan now, StandingAlert alert, SoundPattern pattern)
    {
        _heard = alert;
        _pattern = pattern;
        _startedAt = now;
        if (!PatternWave.IsAudible(pattern)) return;
        _lastLevel = alert.Level;
        _lastStart = now;
    }
}
