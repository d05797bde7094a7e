using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using DriverMonitor.Vehicle;

namespace DriverMonitor.Tests.Recording;

/// <summary>
/// A camera whose pictures are lost, come twice, or come late, and that is gone for three seconds once a minute.
/// </summary>
internal sealed class JumbledCamera(ICamera camera) : ICamera
{
    private const int Minute = 900, Gone = 45;

    private int _read, _goneAt = 150;
    private TimeSpan _before;

    public bool IsLive => false;

    public int? FrameCount => null;

    public void Open() => camera.Open();

    public Frame NewFrame() => camera.NewFrame();

    public bool Read(Frame frame, CancellationToken stop)
    {
        var lost = _read >= _goneAt ? Gone : _read % 97 == 13 ? 1 : 0;
        if (lost == Gone) _goneAt += Minute;
        for (var i = 0; i <= lost; i++, _read++)
        {
            if (!camera.Read(frame, stop)) return false;
        }

        if (_read % 53 == 7) frame.At = _before;
        if (_read % 71 == 9 && _before > TimeSpan.FromSeconds(1)) frame.At = _before - TimeSpan.FromSeconds(0.15);
        if (frame.At > _before) _before = frame.At;
        return true;
    }

    public void Close() => camera.Close();

    public void Dispose() => camera.Dispose();
}

/// <summary>A strap whose packets are lost, come twice, or four seconds late, and that is out of reach for a while.</summary>
internal sealed class JumbledStrap(IHeartMonitor strap) : IHeartMonitor
{
    private readonly List<(TimeSpan At, HeartPacket Packet, TimeSpan Due)> _waiting = [];
    private int _read;

    public bool TryRead(TimeSpan now, out TimeSpan at, out HeartPacket packet)
    {
        while (strap.TryRead(now, out at, out packet))
        {
            _read++;
            if (_read % 11 == 5 || _read % 60 is > 40 and < 52) continue;
            _waiting.Add((at, packet, _read % 7 == 3 ? at + TimeSpan.FromSeconds(4) : at));
            if (_read % 13 == 2) _waiting.Add(_waiting[^1]);
        }

        var next = _waiting.FindIndex(one => one.Due <= now);
        if (next < 0) return false;
        (at, packet, _) = _waiting[next];
        _waiting.RemoveAt(next);
        return true;
    }
}

/// <summary>A vehicle that says its speed once a second, forgets it at times, stops, and is switched off.</summary>
internal sealed class JumbledVehicle : IVehicle
{
    private long _said = -1;

    public VehicleReading? Read(TimeSpan at)
    {
        var second = (long)at.TotalSeconds;
        if (second == _said || second % 60 is > 45 and < 58) return null;
        _said = second;
        return (second % 120) switch
        {
            < 70 => new(80 + second % 9, second % 5, SatelliteKmh: second % 7 == 0 ? null : 79.5),
            < 75 => new(null, Indicator: (Indicator)(second % 3), WipersOn: second % 2 == 0, DoorOpen: second % 5 == 0),
            < 85 => new(0, null, true),
            < 90 => new(null, null, false),
            _ => new(45, null, true),
        };
    }
}

/// <summary>People at the wheel: presses, disputes, and words about what may be judged, each when its time has come.</summary>
internal sealed class People(Requests requests, IEnumerable<(double Second, Request Word)> words) : IEventSink
{
    private readonly Queue<(double Second, Request Word)> _words = new(words);

    public void Emit(in Observation seen, in Outcome outcome)
    {
        while (_words.TryPeek(out var next) && outcome.At.TotalSeconds >= next.Second) requests.Ask(_words.Dequeue().Word);
    }
}
