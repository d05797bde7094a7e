using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Host;
using DriverMonitor.Outbox;

namespace DriverMonitor.Mqtt;

/// <summary>Puts what the fleet should hear into the outbox and returns; the link sends it when it can.</summary>
internal sealed class MqttSink(
    WireIdentity who, Topics topics, MemoryOutbox outbox, VehicleState state, WireOrigin origin, ClockTrust clock) : IEventSink
{
    private readonly Dictionary<AlertRule, string> _episodes = [];
    private readonly Dictionary<AlertRule, string> _lastEpisodes = [];
    private int _lastEpisode;

    public void Emit(in Observation seen, in Outcome outcome)
    {
        state.Hear(seen, outcome);
        if (outcome.Events.IsDefaultOrEmpty) return;

        foreach (var happened in outcome.Events)
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
        var heard = sound.Beeps.IsDefaultOrEmpty ? null : sound.Name;
        outbox.Add(topics.Alert(WireEvent.KindOf(who, alert.Rule)),
            seq => WireEvent.Alert(who, clock.Stamp(seq), alert, episode, heard, state.Senses, origin));
    }

    private void Queue(MonitorEvent.Dispute dispute)
    {
        if (!_lastEpisodes.TryGetValue(dispute.Rule, out var episode)) return;
        outbox.Add(topics.Alert(WireEvent.KindOf(who, dispute.Rule)), seq => WireEvent.Dispute(who, clock.Stamp(seq), dispute, episode));
    }

    private void Queue(MonitorEvent.Status status)
    {
        state.Hear(status);
        // Whether a driver agrees is nobody's business; that a sense is off shows in the state.
        if (status.Kind == StatusKind.ModalitiesChanged) return;
        // A finding about the driver's heart, not about the sensor: it stays in the vehicle below P2.
        if (status.Kind == StatusKind.IrregularRhythm && who.Level < WireLevel.P2) return;

        outbox.Add(topics.Alert(WireEvent.Device), seq => WireEvent.Status(who, clock.Stamp(seq), status));
    }

    private string EpisodeOf(MonitorEvent.Alert alert)
    {
        if (alert.Phase == AlertPhase.Raised || !_episodes.TryGetValue(alert.Rule, out var episode))
            episode = _lastEpisodes[alert.Rule] = _episodes[alert.Rule] = $"{who.Boot}-{++_lastEpisode:0000}";
        if (alert.Phase == AlertPhase.Cleared) _episodes.Remove(alert.Rule);
        return episode;
    }
}
