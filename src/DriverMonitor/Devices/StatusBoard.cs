using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Devices;

/// <summary>
/// The one state that display and ring show. Written by the loop in passing, read by the threads of the devices whenever they
/// like: a display that hangs holds up nobody. One that the loop writes no more to shows that nobody watches.
/// </summary>
internal sealed class StatusBoard(TimeProvider time) : IEventSink
{
    /// <summary>The loop steps ten times a second, with pictures or without.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly HashSet<StatusKind> _lacking = [];
    private long _glance = Pack(new(GlanceState.Starting, AlertLevel.None));
    private long _heardAt = time.GetTimestamp();
    private Sight _sight = Sight.NoFrame;
    private bool _mayWatch = true, _hasJudged;
    private (StandingAlert Alert, Sight Sight, bool MayWatch, bool HasJudged, int Changes) _decided;
    private int _changes = 1;
    private volatile bool _isNight;

    /// <summary>It is dark around the driver.</summary>
    public bool IsNight => _isNight;

    public Glance Glance => time.GetElapsedTime(Interlocked.Read(ref _heardAt)) > Silence
        ? new(GlanceState.NobodyWatches, AlertLevel.None)
        : Unpack(Interlocked.Read(ref _glance));

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (seen.Face is { } face) _sight = face.Sight;
        if (seen.Cab is { AmbientLux: not null } cab) _isNight = cab.IsNight;
        if (seen.Allowed is { } allowed) _mayWatch = (allowed & Modalities.Camera) != 0;
        _hasJudged |= outcome.Scores is not null;
        if (!outcome.Events.IsDefaultOrEmpty)
            foreach (var happened in outcome.Events)
                if (happened is MonitorEvent.Status status) Handle(status);
        Decide(outcome.Alert);
        Interlocked.Exchange(ref _heardAt, time.GetTimestamp());
    }

    /// <summary>Only where something changed: looking through the statuses costs memory.</summary>
    private void Decide(StandingAlert alert)
    {
        var now = (alert, _sight, _mayWatch, _hasJudged, _changes);
        if (now == _decided) return;
        _decided = now;
        Interlocked.Exchange(ref _glance, Pack(Glance.Of(alert, _sight, _lacking, _mayWatch, _hasJudged)));
    }

    private void Handle(MonitorEvent.Status status)
    {
        _changes++;
        if (status.Kind == StatusKind.Recovered && StatusFacts.Named(status.Detail) is { } over) _lacking.Remove(over.Kind);
        else if (StatusFacts.Of(status.Kind).Lasts) _lacking.Add(status.Kind);
    }

    private static long Pack(Glance glance) => (long)glance.State << 32 | (uint)glance.Level;

    private static Glance Unpack(long packed) => new((GlanceState)(packed >> 32), (AlertLevel)(int)packed);
}
