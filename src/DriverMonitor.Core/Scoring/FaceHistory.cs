namespace DriverMonitor.Core.Scoring;

/// <summary>The faces of the last second, and the middle one of them.</summary>
internal sealed class FaceHistory(TimeSpan window)
{
    // Two seconds at sixty pictures; at more, the oldest leave early.
    private readonly (TimeSpan At, AngerEvidence Face)[] _ring = new (TimeSpan, AngerEvidence)[128];
    private readonly double[] _faces = new double[128];
    private readonly int[] _places = new int[128];
    private int _next, _count;

    /// <summary>When the last face was seen.</summary>
    public TimeSpan? Newest { get; private set; }

    public void Add(TimeSpan at, in AngerEvidence face)
    {
        _ring[_next] = (at, face);
        _next = (_next + 1) % _ring.Length;
        _count = Math.Min(_count + 1, _ring.Length);
        Newest = at;
    }

    public void Reset()
    {
        _count = _next = 0;
        Newest = null;
    }

    /// <summary>The face of middle strength, whole, so that its parts still sum up; the weaker of two middle ones.</summary>
    public AngerEvidence? Median(TimeSpan at)
    {
        int found = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_ring[i].At <= at - window || _ring[i].At > at) continue;
            _faces[found] = _ring[i].Face.Face;
            _places[found++] = i;
        }

        if (found == 0) return null;
        Array.Sort(_faces, _places, 0, found);
        return _ring[_places[(found - 1) / 2]].Face;
    }
}
