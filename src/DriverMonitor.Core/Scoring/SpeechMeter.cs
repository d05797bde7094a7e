namespace DriverMonitor.Core.Scoring;

/// <summary>
/// How much the mouth talks, 0..1, from its opening alone: speech opens and closes it several times a second, a yawn or
/// a grimace does not. Cannot tell speech from singing or chewing, which excuse a face just as well. Judgement; at ten
/// pictures a second fast speech is already seen too slow. Allocates nothing after construction.
/// </summary>
public sealed class SpeechMeter
{
    private const double LeastSwing = 0.02;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly EvidenceCurve Talk = new((1, 0), (3, 1));

    private readonly TimeSpan[] _turns = new TimeSpan[64];
    private int _next, _count;
    private double? _farthest;
    private bool _opening;

    /// <summary>Takes one picture's mouth opening (height over width); null when it cannot be seen.</summary>
    public void Add(TimeSpan at, double? mouthOpen)
    {
        if (mouthOpen is not { } now || !double.IsFinite(now)) return;
        if (_farthest is not { } farthest)
        {
            _farthest = now;
            return;
        }

        bool goesOn = _opening ? now > farthest : now < farthest;
        if (goesOn) _farthest = now;
        else if (Math.Abs(now - farthest) >= LeastSwing) Turn(at, now);
    }

    /// <summary>The last two seconds: nothing up to one turn a second, full from three on.</summary>
    public double Level(TimeSpan at)
    {
        int recent = 0;
        for (int i = 0; i < _count; i++)
            if (_turns[i] > at - Window && _turns[i] <= at) recent++;
        return Talk.At(recent / Window.TotalSeconds);
    }

    /// <summary>Forgets the driver.</summary>
    public void Reset()
    {
        _count = _next = 0;
        _farthest = null;
    }

    private void Turn(TimeSpan at, double now)
    {
        _opening = !_opening;
        _farthest = now;
        _turns[_next] = at;
        _next = (_next + 1) % _turns.Length;
        _count = Math.Min(_count + 1, _turns.Length);
    }
}
