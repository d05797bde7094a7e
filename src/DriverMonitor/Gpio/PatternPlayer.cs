using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;

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

    /// <summary>Call it when the alert changes and when <see cref="Sounding.Until"/> is reached.</summary>
    public Sounding Step(TimeSpan now, StandingAlert wanted)
    {
        TimeSpan? heldUntil = null;

        if (wanted != _heard)
        {
            var next = table(wanted);
            if (!IsAudible(next))
                Begin(now, wanted, SoundPattern.Silence);
            else if (wanted.Level == _lastLevel && now - _lastStart < BetweenSounds)
                heldUntil = _lastStart + BetweenSounds;
            else if (next.Equals(_pattern) && At(now - _startedAt).Until is not null)
                _heard = wanted; // the same tones for another reason: starting again would only stutter
            else
                Begin(now, wanted, next);
        }

        var sounding = At(now - _startedAt);
        return heldUntil is { } held && !(sounding.Until < held) ? sounding with { Until = held } : sounding;
    }

    private void Begin(TimeSpan now, StandingAlert alert, SoundPattern pattern)
    {
        _heard = alert;
        _pattern = pattern;
        _startedAt = now;
        if (!IsAudible(pattern)) return;
        _lastLevel = alert.Level;
        _lastStart = now;
    }

    /// <summary>The place in the pattern follows from the time alone: a late timer shortens a beep and shifts nothing.</summary>
    private Sounding At(TimeSpan into)
    {
        var length = LengthOf(_pattern);
        var round = TimeSpan.Zero;
        if (_pattern.Repeats && length > TimeSpan.Zero)
            round = new(into.Ticks / length.Ticks * length.Ticks);

        var edge = _startedAt + round;
        foreach (var beep in _pattern.Beeps)
        {
            edge += beep.On;
            if (_startedAt + into < edge) return new(true, _pattern.ToneHz, edge);
            edge += beep.Off;
            if (_startedAt + into < edge) return new(false, 0, edge);
        }

        return new(false, 0, null);
    }

    private static bool IsAudible(SoundPattern pattern) => LengthOf(pattern) > TimeSpan.Zero;

    private static TimeSpan LengthOf(SoundPattern pattern)
    {
        var length = TimeSpan.Zero;
        foreach (var beep in pattern.Beeps) length += beep.On + beep.Off;
        return length;
    }
}
