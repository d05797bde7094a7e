using System.Collections.Immutable;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;
using DriverMonitor.Hosting;
using DriverMonitor.Outbox;
using DriverMonitor.Time;

namespace DriverMonitor.Mqtt;

/// <summary>Puts what the fleet should hear into the outbox and returns; the link sends it when it can.</summary>
/// <param name="driver">Asked for the pseudonym of who drives; it leaves the vehicle with a trip from P2 on.</param>
internal sealed class MqttSink(
    WireIdentity who,
    Topics topics,
    EventOutbox outbox,
    VehicleState state,
    HealthReport health,
    WireOrigin origin,
    ClockQuality clock,
    Func<string?>? driver = null
) : IEventSink, IDisposable
{
    /// <summary>More than anybody disputes; the oldest go.</summary>
    private const int MostEpisodes = 200;

    private static readonly TimeSpan LookAtClockEvery = TimeSpan.FromSeconds(1);

    private readonly TripLog _trips = new(who);
    private readonly Dictionary<AlertRule, string> _episodes = [];
    private readonly Queue<(AlertRule Rule, TimeSpan RaisedAt, string Episode)> _said = new();
    private int _lastEpisode;
    private TimeSpan? _lookedAtClock;
    private WireClock _clock = WireClock.Unset;

    public void Emit(in Observation seen, in Outcome outcome)
    {
        state.Handle(seen, outcome);
        UpdateClock(outcome.At);
        health.Handle(seen, outcome);
        var trip = _trips.Step(seen, outcome);
        Queue(outcome.Events);
        if (trip is not null) Queue(trip);
    }

    /// <summary>
    /// To be called when the loop has ended, and before the link is stopped: the trip that goes on ends with it.
    /// </summary>
    public void Dispose()
    {
        if (_trips.Stop() is { } trip) Queue(trip);
    }

    private void Queue(ImmutableArray<MonitorEvent> events)
    {
        if (events.IsDefaultOrEmpty) return;

        foreach (var happened in events)
        {
            switch (happened)
            {
                case MonitorEvent.Alert alert: Queue(alert); break;
                case MonitorEvent.Dispute dispute: Queue(dispute); break;
                case MonitorEvent.Status status: Queue(status); break;
            }
        }
    }

    private void Queue(MonitorEvent.Alert alert)
    {
        var episode = EpisodeOf(alert);
        var sound = alert.Phase == AlertPhase.Cleared ? SoundPattern.Silence : AlertTable.Row(alert.Rule, alert.Level).Sound;
        var senses = state.Senses;
        var trip = _trips.Current;
        var heard = sound.Beeps.IsDefaultOrEmpty ? null : sound.Name;
        Queue(
            OutboxClass.Alert,
            topics.Alert(WireEvent.KindOf(who, alert.Rule)),
            (me, stamp) => WireEvent.Alert(
                me, stamp, alert, episode, heard, senses, origin, trip is { } number ? WireTrip.NameOf(me.Boot, number) : null));
    }

    private void Queue(WireTrip trip) =>
        Queue(OutboxClass.Record, topics.Trip, (me, stamp) => trip.Write(me, stamp, driver?.Invoke()));

    private void Queue(MonitorEvent.Dispute dispute)
    {
        if (
            _said.LastOrDefault(said => said.Rule == dispute.Rule && said.RaisedAt <= dispute.RaisedAt).Episode is not { } episode
        )
            return;
        Queue(
            OutboxClass.Alert,
            topics.Alert(WireEvent.KindOf(who, dispute.Rule)),
            (me, stamp) => WireEvent.Dispute(me, stamp, dispute, episode));
    }

    private void Queue(MonitorEvent.Status status)
    {
        state.Handle(status);
        if (!who.Policy.Allows(Audience.Fleet, status.Kind)) return;

        Queue(OutboxClass.Record, topics.Alert(WireEvent.Device), (me, stamp) => WireEvent.Status(me, stamp, status));
    }

    /// <summary>It is stamped now, and gets its number when it is written.</summary>
    private void Queue(OutboxClass cls, string topic, Func<WireIdentity, WireStamp, byte[]> write)
    {
        var stamp = clock.Stamp(seq: 0);
        outbox.Add(cls, topic, seq => write(who with { Epoch = outbox.Epoch, Boot = outbox.Boot }, stamp with { Seq = seq }));
    }

    /// <summary>Tells the fleet once the time of day is certain: only then can it put right what was stamped before.</summary>
    private void UpdateClock(TimeSpan at)
    {
        if (at - _lookedAtClock < LookAtClockEvery) return;
        _lookedAtClock = at;
        clock.Align(at);
        var before = _clock;
        _clock = clock.State;
        if (_clock == WireClock.Synced && before != WireClock.Synced) QueueClockFix(at);
    }

    private void QueueClockFix(TimeSpan at) =>
        Queue(OutboxClass.Record, topics.Alert(WireEvent.Device), (me, stamp) => WireUpkeep.ClockFix(me, stamp, at));

    private string EpisodeOf(MonitorEvent.Alert alert)
    {
        if (alert.Phase == AlertPhase.Raised || !_episodes.TryGetValue(alert.Rule, out var episode))
        {
            episode = _episodes[alert.Rule] = $"{who.Boot}-{++_lastEpisode:0000}";
            if (_said.Count == MostEpisodes) _said.Dequeue();
            _said.Enqueue((alert.Rule, alert.At, episode));
        }

        if (alert.Phase == AlertPhase.Cleared) _episodes.Remove(alert.Rule);
        return episode;
    }
}
