namespace DriverMonitor.Core.Features;

/// <summary>
/// Whether lids that went half way down and came up again fell, as in a blink, or sank. A blink takes them half way in a tenth of
/// a second; lids that sink droop, and at night the noise of one picture is enough to carry them past the half.
/// </summary>
internal sealed class LidFall
{
    // Blinks of which noisy pictures show no more than the half fell by 0.45 and more, lids that sank by 0.31 (clips at night).
    private const double Least = 0.35;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(0.2);

    // A quarter of a second at sixty pictures; at more, the oldest leave early.
    private readonly (TimeSpan At, double Openness)[] _recent = new (TimeSpan, double)[16];
    private int _next;
    private int _count;
    private double _from;
    private double _deepest;

    public bool IsQuick => _from - _deepest >= Least;

    /// <summary>The lids pass the half.</summary>
    /// <param name="spacing">Since the picture before: they may have begun to fall anywhere in it.</param>
    public void Begin(TimeSpan downAt, TimeSpan spacing)
    {
        (_from, _deepest) = (0, double.MaxValue);
        for (var i = 0; i < _count; i++)
            if (downAt - _recent[i].At <= Within + spacing) _from = Math.Max(_from, _recent[i].Openness);
    }

    public void Update(TimeSpan at, double openness)
    {
        _deepest = Math.Min(_deepest, openness);
        _recent[_next] = (at, openness);
        _next = (_next + 1) % _recent.Length;
        _count = Math.Min(_count + 1, _recent.Length);
    }

    public void Reset() => (_next, _count) = (0, 0);
}
