using DriverMonitor.Core;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Gpio;

/// <summary>
/// The infrared lamps beside the lens; their line is written on a thread of its own. They go dark when nobody asks for light any
/// more, for whatever reason: a lamp that nobody looks through is no use, and warms the driver's eyes.
/// </summary>
internal sealed class InfraredLamp : IEventSink, IDisposable
{
    /// <summary>The loop steps ten times a second, with pictures or without.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.5);

    private readonly FollowingLine _line;
    private readonly TimeProvider _time;
    private readonly InfraredLampPolicy _policy = new();
    private readonly ITimer _watch;
    private long _askedAt;

    /// <param name="line">Stays the board's.</param>
    /// <param name="time">Each timer of it should have a thread of its own.</param>
    public InfraredLamp(FollowingLine line, TimeProvider time)
    {
        (_line, _time, _askedAt) = (line, time, time.GetTimestamp());
        _watch = time.CreateTimer(_ => Watch(), null, LookEvery, LookEvery);
    }

    public void Emit(in Observation seen, in Outcome outcome)
    {
        var hasPicture = seen.Face is { Sight: not (Sight.NoFrame or Sight.Asleep) };
        Interlocked.Exchange(ref _askedAt, _time.GetTimestamp());
        _line.Set(_policy.Step(outcome.At, hasPicture, seen.Cab?.AmbientLux, seen.Face?.Picture?.Brightness));
    }

    public void Dispose() => _watch.Dispose();

    private void Watch()
    {
        if (_time.GetElapsedTime(Interlocked.Read(ref _askedAt)) > Silence) _line.Set(on: false);
    }
}
