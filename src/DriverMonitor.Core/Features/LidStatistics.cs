namespace DriverMonitor.Core.Features;

/// <summary>
/// What lids did over minutes, PERCLOS and blinks. A picture counts for as long as it speaks and no longer, so that lost pictures
/// are neither open nor shut eyes.
/// </summary>
/// <param name="eyes">What counts as covered, and how many blinks make a mean.</param>
/// <param name="longestSpeaking">How long a picture speaks at most.</param>
internal sealed class LidStatistics(EyeSettings eyes, TimeSpan longestSpeaking)
{
    private TimeSpan _countedUntil;
    private double? _closure;

    public PerclosWindow Perclos60 { get; } = new(60, eyes);

    public PerclosWindow Perclos180 { get; } = new(180, eyes);

    public BlinkStatistics Blinks { get; } = new(eyes.FewestBlinks);

    /// <summary>Moves every window to now and counts what the last picture said.</summary>
    /// <param name="pictureAt">Of that picture; null when the driver was not seen since.</param>
    public void Advance(TimeSpan at, TimeSpan? pictureAt)
    {
        var counted = TimeSpan.Zero;
        if (pictureAt is { } picture)
        {
            var until = at - picture < longestSpeaking ? at : picture + longestSpeaking;
            if (until > _countedUntil) counted = until - _countedUntil;
        }

        if (_closure is { } closure && counted > TimeSpan.Zero)
        {
            Perclos60.Add(_countedUntil, counted, closure);
            Perclos180.Add(_countedUntil, counted, closure);
        }

        Perclos60.Step(at);
        Perclos180.Step(at);
        Blinks.Step(at, _closure is null ? TimeSpan.Zero : counted);
        _countedUntil += counted;
    }

    /// <param name="closure">What this picture says until the next one; null where its lids tell nothing of drowsiness.</param>
    public void Update(TimeSpan at, double? closure) => (_countedUntil, _closure) = (at, closure);

    /// <summary>Counts a closure that has ended, as a blink or a long one.</summary>
    /// <returns>It was a complete blink.</returns>
    public bool Count(in Closure closure)
    {
        var isBlink = closure.Duration < eyes.LongestBlink && !closure.IsPartial;
        Blinks.Add(closure.EndedAt, isBlink ? closure.Duration : null, closure.Shut >= eyes.LongBlink);
        return isBlink;
    }

    /// <summary>Time was interrupted: the last picture says nothing of what comes.</summary>
    public void Interrupt() => _closure = null;

    public void Reset()
    {
        Perclos60.Reset();
        Perclos180.Reset();
        Blinks.Reset();
    }
}
