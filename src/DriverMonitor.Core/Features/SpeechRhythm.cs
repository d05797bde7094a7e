namespace DriverMonitor.Core.Features;

/// <summary>
/// Whether an open mouth speaks: it closes and opens in the rhythm of syllables, three to seven times a second. A yawn rises,
/// stays and falls.
/// </summary>
/// <remarks>Needs ten pictures a second; fewer show no rhythm, and nothing is held against the mouth.</remarks>
internal sealed class SpeechRhythm
{
    /// <summary>Of the gap over the mouth's width; smaller swings are the mesh's own jitter, smoothed.</summary>
    private const double LeastSwing = 0.08;

    // Two turns make a syllable.
    private const double FewestTurns = 6, MostTurns = 16;

    private readonly OneEuroFilter _smooth = new(4, 2);
    private TimeSpan _since;
    private double _farthest;
    private bool _isOpening;
    private int _turns;

    /// <summary>The smoothed opening of the last picture.</summary>
    public double Open { get; private set; }

    public void Update(TimeSpan at, double open)
    {
        Open = _smooth.Update(at, open);
        if (_isOpening ? Open > _farthest : Open < _farthest) _farthest = Open;
        else if (Math.Abs(Open - _farthest) >= LeastSwing) (_isOpening, _farthest, _turns) = (!_isOpening, Open, _turns + 1);
    }

    /// <summary>A mouth has opened: what it does from now on is counted.</summary>
    public void Restart(TimeSpan at) => (_since, _turns) = (at, 0);

    public bool IsSpeech(TimeSpan at)
    {
        var rate = _turns / Math.Max(1, (at - _since).TotalSeconds);
        return rate is >= FewestTurns and <= MostTurns;
    }
}
