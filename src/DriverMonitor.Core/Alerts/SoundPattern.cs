using System.Collections.Immutable;

namespace DriverMonitor.Core.Alerts;

/// <summary>What the buzzer plays: tones and silences, once or until told otherwise.</summary>
/// <param name="Name">Goes over the wire as <c>buzzer:NAME</c>.</param>
/// <param name="ToneHz">For a passive buzzer; an active one has its own tone.</param>
/// <param name="Beeps">Played in order.</param>
/// <param name="Repeats">Start again after the last silence, until another pattern or silence is asked for.</param>
public sealed record SoundPattern(string Name, int ToneHz, ImmutableArray<Beep> Beeps, bool Repeats)
{
    public static readonly SoundPattern Silence = new("silence", 0, [], Repeats: false);
}

/// <summary>A tone and the silence after it.</summary>
public readonly record struct Beep(TimeSpan On, TimeSpan Off);
