using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;
using DriverMonitor.Outbox;

namespace DriverMonitor.Mqtt;

/// <summary>Counts for <c>/health</c>, on the loop's thread and the link's, and says when it is time to tell.</summary>
/// <param name="random">0..1, even.</param>
internal sealed class HealthReport(TimeProvider time, Func<double> random)
{
    /// <summary>Give or take a fifth, so that a fleet's reports spread out.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(300);

    private readonly long _start = time.GetTimestamp();
    private TimeSpan? _due;
    private long _pictures;
    private long _faces;
    private long _packets;
    private long _alerts;
    private long _connections;
    private long _refused;

    public void Handle(in Observation seen, in Outcome outcome)
    {
        if (seen.Face is { Sight: not (Sight.NoFrame or Sight.Asleep) } face)
        {
            Interlocked.Increment(ref _pictures);
            if (face.Sight == Sight.Driver) Interlocked.Increment(ref _faces);
        }

        if (seen.Heart is not null) Interlocked.Increment(ref _packets);
        if (outcome.Events.IsDefaultOrEmpty) return;
        foreach (var happened in outcome.Events)
        {
            if (happened is MonitorEvent.Alert { Phase: AlertPhase.Raised }) Interlocked.Increment(ref _alerts);
        }
    }

    public void CountConnection() => Interlocked.Increment(ref _connections);

    /// <summary>How many there are with this one.</summary>
    public long CountRefusal() => Interlocked.Increment(ref _refused);

    public long Refusals => Interlocked.Read(ref _refused);

    /// <summary>The report, when it is time for one; for the link's loop alone.</summary>
    public WireHealth? TakeDue(OutboxCount outbox)
    {
        var now = time.GetElapsedTime(_start);
        _due ??= Next(now);
        if (now < _due) return null;
        _due = Next(now);
        return new(now, Interlocked.Read(ref _pictures), Interlocked.Read(ref _faces), Interlocked.Read(ref _packets),
            Interlocked.Read(ref _alerts), Interlocked.Read(ref _connections), Refusals, outbox.Waiting, outbox.Dropped);
    }

    private TimeSpan Next(TimeSpan now) => now + Every * (0.8 + 0.4 * random());
}
