namespace DriverMonitor.Core.Faces;

/// <summary>
/// Whether a wide open mouth moves. Yawns and laughter look angry to the expression model while they come, shake and go; a mouth
/// that is open and stays as it is belongs to a face that can be read.
/// </summary>
public sealed class MouthMotion
{
    /// <summary>Of the gap over the width; the mesh's own jitter of a mouth at rest is a third of it.</summary>
    private const double Moved = 0.06;

    /// <summary>The plateau of a yawn lasts two to four seconds, and is never quite still.</summary>
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(4);

    private double? _last;
    private TimeSpan? _movedAt;

    /// <summary>The mouth is wide open, and came to be so or moved within the last four seconds.</summary>
    public bool IsWideAndMoving { get; private set; }

    /// <param name="open">The gap between the lips over the mouth's width; null where it was not measured.</param>
    public void Update(TimeSpan at, double? open)
    {
        if (open is not { } now || !double.IsFinite(now) || at < _movedAt)
        {
            Reset();
            return;
        }

        if (_last is not { } last) _last = now;
        else if (Math.Abs(now - last) > Moved) (_last, _movedAt) = (now, at);
        IsWideAndMoving = now > MouthAspect.WideOpen && at - _movedAt < Settles;
    }

    /// <summary>Another face, or none.</summary>
    public void Reset() => (_last, _movedAt, IsWideAndMoving) = (null, null, false);
}
