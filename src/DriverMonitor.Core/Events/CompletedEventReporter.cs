using DriverMonitor.Core.Features;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Voice;

namespace DriverMonitor.Core.Events;

/// <summary>What the driver's face has ended becomes events, and evidence of the driver's state.</summary>
internal sealed class CompletedEventReporter(EyeSettings settings, FaceTracker face, VoiceTracker voice, EventList events)
{
    /// <param name="isParked">Closures tell nothing of sleepiness in a vehicle that stands.</param>
    public void Report(TimeSpan now, in CompletedEvents seen, DriverStateEstimator states, bool isParked)
    {
        var ended = WithWhatWasHeard(in seen);
        face.Count(now, ended);
        if (ended.Closure is { } closure)
        {
            if (!isParked) states.Record(closure);
            events.Add(Eyelids(now, closure));
        }

        if (ended.Yawn is { } yawn)
            events.Add(
                new MonitorEvent.Yawn(
                    events.Stamp(yawn.EndedAt, now), yawn.StartedAt, yawn.EndedAt - yawn.StartedAt, yawn.Weight));
        if (ended.Nod is { } nod)
            events.Add(new MonitorEvent.Nod(events.Stamp(nod.EndedAt, now), nod.StartedAt, nod.EndedAt - nod.StartedAt));
        if (ended.Glance is not { } glance) return;
        states.Record(glance);
        events.Add(new MonitorEvent.LookAway(
            events.Stamp(glance.EndedAt, now), glance.StartedAt, glance.Duration, glance.YawDegrees, glance.PitchDegrees));
    }

    private MonitorEvent.Eyelids Eyelids(TimeSpan now, in Closure closure)
    {
        var kind = ClosureKinds.Of(closure, settings);
        return new(
            events.Stamp(closure.EndedAt, now), kind, closure.StartedAt, ClosureKinds.Lasting(closure, kind), closure.IsAborted);
    }

    /// <summary>Talk and laughter open a mouth as wide as a yawn; a yawn half hidden that is heard is a whole one.</summary>
    private CompletedEvents WithWhatWasHeard(in CompletedEvents ended) =>
        ended.Yawn is not { } yawn ? ended : voice.Explain(yawn.StartedAt, yawn.EndedAt) switch
        {
            MouthSound.Talk => ended with { Yawn = null },
            MouthSound.Breath => ended with { Yawn = yawn with { Weight = 1 } },
            _ => ended,
        };
}
