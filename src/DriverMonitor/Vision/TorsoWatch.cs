using DriverMonitor.Camera;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>
/// Looks for hands and phones once a second each, twice where lids, head or the last look give reason to, in turns. In a vehicle
/// the networks run on a thread of their own with less priority than the warning: a picture hands over a copy of what they need,
/// and a later picture takes what they found.
/// </summary>
internal sealed class TorsoWatch : IDisposable
{
    /// <summary>What is seen twice within three seconds counts.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1), Stirred = TimeSpan.FromSeconds(0.5);

    // The first judged pictures come sooner without them.
    private static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(5);

    // On a slow board they take a quarter of one core and no more.
    private const int RestPerWork = 3;

    private readonly TorsoLook[] _looks;
    private readonly PictureOrientation _orientation;
    private readonly TorsoThread? _thread;
    private readonly TimeProvider _time;
    private readonly TorsoPace _pace = new();
    private TorsoLook? _running;
    private long _begunAt;
    private TimeSpan? _last;
    private TimeSpan _restUntil;

    /// <param name="ownThread">Beside the pictures; false for recordings, whose every replay must find the same.</param>
    /// <param name="say">Told one line when something cannot be looked for.</param>
    public TorsoWatch(
        VisionSettings settings, PictureOrientation orientation, TimeProvider time, bool ownThread, Action<string> say)
    {
        (_orientation, _time) = (orientation, time);
        _looks =
        [
            .. TorsoModels.Of(settings, time).Select(one =>
                new TorsoLook(one.What, one.Load, one.Every ?? Calm, one.Every ?? Stirred, time, say)),
        ];
        if (ownThread && _looks.Length > 0) _thread = new TorsoThread();
    }

    /// <summary>The networks that are loaded by now.</summary>
    public IEnumerable<OnnxModel> Models => _looks.Select(look => look.Model).OfType<OnnxModel>();

    /// <summary>Adds what was found to a reading. Call it with every picture, in their order.</summary>
    public FaceReading Add(Frame frame, in FaceReading face, in FaceLandmarks mesh)
    {
        if (_looks.Length == 0) return face;
        var found = Take(frame.At);
        if (face.Sight != Sight.Driver) return face;
        _pace.Update(frame.At, face);
        if (Next(frame.At) is { } look)
        {
            look.Prepare(frame, _orientation, FaceFrame.Of(mesh));
            if (_thread is null) found = look.Run();
            else Begin(look);
        }

        if (found is not { } read) return face;
        _pace.Update(frame.At, read);
        return face with { Hands = read.Hands, PhoneSeen = read.Phone, BeltWorn = read.Belt };
    }

    public void Dispose()
    {
        _running?.Abort();
        _thread?.Dispose();
        // A network that does not come back keeps its memory: it dies with the process.
        if (_thread is { IsStuck: true }) return;
        foreach (var look in _looks) look.Dispose();
    }

    private void Begin(TorsoLook look)
    {
        (_running, _begunAt) = (look, _time.GetTimestamp());
        _thread!.Begin(look);
    }

    private TorsoReading? Take(TimeSpan at)
    {
        if (_running is not { } look) return null;
        if (_thread!.Take() is { } read)
        {
            (_running, _restUntil) = (null, at + look.Took * RestPerWork);
            return read;
        }

        if (_time.GetElapsedTime(_begunAt) > Stuck) look.Abort();
        return null;
    }

    /// <summary>Whose turn it is; null while one is at work, or none is due.</summary>
    private TorsoLook? Next(TimeSpan at)
    {
        if (!(at >= _last)) Begin(at);
        _last = at;
        if (_running is not null || at < _restUntil) return null;
        (TorsoLook Look, TimeSpan Overdue)? next = null;
        var isStirred = _pace.IsStirred(at);
        foreach (var look in _looks)
            if (look.Overdue(at, isStirred) is { } overdue && !(overdue <= next?.Overdue)) next = (look, overdue);
        return next?.Look;
    }

    /// <summary>Spreads the turns over the half second, so that no picture waits for two.</summary>
    private void Begin(TimeSpan at)
    {
        _restUntil = at;
        for (var i = 0; i < _looks.Length; i++) _looks[i].Expect(at + FirstAfter + Stirred * i / _looks.Length);
    }
}
