using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Baselines;

/// <summary>
/// Learns a person's face at rest: the median of each distance over some minutes in which nothing was wrong. The caller
/// chooses the moments (nearly frontal, mouth closed, not speaking, no event). Allocates nothing after construction.
/// </summary>
public sealed class NeutralFace
{
    private const int Distances = 11, Room = 300, Needed = 50, Every = 10, EveryKnown = 100;
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(200);

    private readonly double[][] _samples = [.. Enumerable.Range(0, Distances).Select(_ => new double[Room])];
    private readonly double[] _sorted = new double[Room];
    private TimeSpan? _last;
    private int _next, _count, _sinceMedian;

    /// <summary>The face at rest; null until ten seconds of it were seen.</summary>
    public FaceShape? Neutral { get; private set; }

    public void Learn(TimeSpan at, in FaceShape shape)
    {
        if (_last is { } last && at - last < Apart) return;
        _last = at;
        for (int i = 0; i < Distances; i++) _samples[i][_next] = Distance(in shape, i);
        _next = (_next + 1) % Room;
        _count = Math.Min(_count + 1, Room);
        // A face known for a minute changes slowly.
        if (++_sinceMedian < (_count < Room ? Every : EveryKnown) || _count < Needed) return;

        _sinceMedian = 0;
        Neutral = new FaceShape
        {
            InnerBrowHeight = Median(0),
            BrowGap = Median(1),
            LidGap = Median(2),
            LowerLidDrop = Median(3),
            NoseWingDrop = Median(4),
            UpperLipDrop = Median(5),
            MouthCornerLift = Median(6),
            MouthWidth = Median(7),
            ChinDrop = Median(8),
            LipHeight = Median(9),
            LipGap = Median(10),
        };
    }

    /// <summary>Forgets the driver, or takes up a stored one.</summary>
    public void Reset(FaceShape? stored = null)
    {
        _last = null;
        _next = _count = _sinceMedian = 0;
        Neutral = stored;
    }

    private double Median(int distance)
    {
        var sorted = _sorted.AsSpan(0, _count);
        _samples[distance].AsSpan(0, _count).CopyTo(sorted);
        sorted.Sort();
        return RobustScale.Middle(sorted);
    }

    private static double Distance(in FaceShape shape, int i) => i switch
    {
        0 => shape.InnerBrowHeight,
        1 => shape.BrowGap,
        2 => shape.LidGap,
        3 => shape.LowerLidDrop,
        4 => shape.NoseWingDrop,
        5 => shape.UpperLipDrop,
        6 => shape.MouthCornerLift,
        7 => shape.MouthWidth,
        8 => shape.ChinDrop,
        9 => shape.LipHeight,
        _ => shape.LipGap,
    };
}
