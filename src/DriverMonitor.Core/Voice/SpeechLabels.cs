namespace DriverMonitor.Core.Voice;

/// <summary>
/// Turns the detector's probabilities into speech and gaps, twelve frames later: only what follows tells a stop between two
/// sounds from the end of the talk. Speech begins at 0.5 and ends with 0.3 s below 0.35 (the detector's own rule). The silence
/// that ended it, and the tail in which only the detector still remembers the voice, are given back to the gap. Allocates
/// nothing.
/// </summary>
public sealed class SpeechLabels
{
    /// <summary>Frames by which a label comes late.</summary>
    public const int Delay = Quiet + Tail;

    private const double Begin = 0.5, End = 0.35;

    // Silero's memory outlives the voice by about two frames: measured, see the model's card.
    private const int Tail = 2;

    private const int Quiet = 10;

    private readonly bool[] _isSpeech = new bool[Delay + 1];
    private int _next;
    private int _quiet;
    private bool _isTalking;

    /// <param name="probability">The detector's, 0..1.</param>
    /// <returns>Whether the frame of <see cref="Delay"/> frames ago was speech.</returns>
    public bool Add(double probability)
    {
        if (probability >= Begin) (_isTalking, _quiet) = (true, 0);
        else if (_isTalking && probability >= End) _quiet = 0;
        else if (_isTalking) _quiet++;
        _isSpeech[_next] = _isTalking;
        if (_isTalking && _quiet >= Quiet)
        {
            _isTalking = false;
            for (var back = 0; back < Quiet + Tail; back++) _isSpeech[Place(back)] = false;
            _quiet = 0;
        }

        var label = _isSpeech[Place(Delay)];
        _next = (_next + 1) % _isSpeech.Length;
        return label;
    }

    /// <summary>Another stretch of sound begins.</summary>
    public void Reset()
    {
        Array.Clear(_isSpeech);
        (_quiet, _isTalking) = (0, false);
    }

    private int Place(int back) => (_next - back + _isSpeech.Length) % _isSpeech.Length;
}
