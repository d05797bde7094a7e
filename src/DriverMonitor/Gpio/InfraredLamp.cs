using DriverMonitor.Core;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Gpio;

/// <summary>The infrared lamps beside the lens; their line is written on a thread of its own.</summary>
internal sealed class InfraredLamp(FollowingLine line) : IEventSink
{
    private readonly InfraredLampPolicy _policy = new();

    public void Emit(in Observation seen, in Outcome outcome)
    {
        var hasPicture = seen.Face is { Sight: not (Sight.NoFrame or Sight.Asleep) };
        line.Set(_policy.Step(outcome.At, hasPicture, seen.Cab?.AmbientLux, seen.Face?.Picture?.Brightness));
    }
}
