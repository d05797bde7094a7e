using System.Globalization;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Fleet.Simulation;

/// <summary>Topic and body of what one vehicle says, by the writers that the vehicle's own program uses.</summary>
/// <param name="start">When its program was started.</param>
internal sealed class VehicleMessages(
    string tenant, string vehicle, ulong epoch, int boot, DateTimeOffset start, WireLevel level = WireLevel.P1)
{
    private static readonly WireSenses Fine = new("ok", "ok");

    private static readonly (AlertRule Rule, string Cue, AlertLevel Level)[] Rules =
    [
        (AlertRule.EyesClosed, "eyes_closed", AlertLevel.Alarm),
        (AlertRule.Phone, "phone", AlertLevel.Warning),
        (AlertRule.LongLookAway, "looked_away", AlertLevel.Warning),
        (AlertRule.Stress, "stress", AlertLevel.Notice),
    ];

    private readonly WireIdentity _who = new(tenant, vehicle, epoch, boot, "1.2.0", level)
    {
        Camera = vehicle[^1] % 2 == 0 ? "ir-usb" : "pi-camera",
    };

    public string Root { get; } = $"dm/v1/{tenant}/{vehicle}";

    public string EpochText => _who.EpochText;

    /// <summary>One phase of an alert.</summary>
    /// <param name="episode">Counts the alerts of this run.</param>
    public (string Topic, byte[] Body) Alert(
        long seq, TimeSpan at, AlertPhase phase, int episode, WireClock clock = WireClock.Synced)
    {
        var (rule, cue, severity) = Rules[episode % Rules.Length];
        var alert = new MonitorEvent.Alert(
            at, phase, rule, severity, phase == AlertPhase.Cleared ? [] : [new(cue, 3.1, 3, "s")],
            phase == AlertPhase.Cleared ? null : 0.87, phase == AlertPhase.Cleared ? null : 0.91);
        var name = string.Create(CultureInfo.InvariantCulture, $"{boot}-{episode:0000}");
        var origin = phase == AlertPhase.Cleared ? default : new WireOrigin("face@1.2.0", "c41a");
        return (
            $"{Root}/alert/{WireEvent.KindOf(_who, rule)}",
            WireEvent.Alert(_who, Stamp(seq, at, clock), alert, name, "sleep-alarm", Fine, origin));
    }

    public (string Topic, byte[] Body) Dispute(long seq, TimeSpan at, int episode)
    {
        var (rule, _, severity) = Rules[episode % Rules.Length];
        var name = string.Create(CultureInfo.InvariantCulture, $"{boot}-{episode:0000}");
        return (
            $"{Root}/alert/{WireEvent.KindOf(_who, rule)}",
            WireEvent.Dispute(_who, Stamp(seq, at), new(at, rule, severity, at), name));
    }

    public (string Topic, byte[] Body) Device(long seq, TimeSpan at, string status, string? detail = null) =>
        ($"{Root}/alert/device", WireEvent.Status(_who, Stamp(seq, at), at, status, detail));

    public (string Topic, byte[] Body) Gap(long seq, TimeSpan at, long from, long to) =>
        ($"{Root}/alert/device", WireUpkeep.Gap(_who, Stamp(seq, at), at, new(from, to), to - from + 1, 1, "quota"));

    public (string Topic, byte[] Body) ClockFix(long seq, TimeSpan at) =>
        ($"{Root}/alert/device", WireUpkeep.ClockFix(_who, Stamp(seq, at), at));

    public (string Topic, byte[] Body) Trip(long seq, TimeSpan at, int number, TimeSpan duration) => (
        $"{Root}/trip",
        new WireTrip(number, at, duration, IsParked: true, [new("fatigue", 1)], [new("fatigue", 0.93), new("distraction", 0.9)], 0.88)
            .Write(_who, Stamp(seq, at)));

    public (string Topic, byte[] Body) AuditHead(long seq, TimeSpan at, long entries) =>
        ($"{Root}/audit", WireAnswer.AuditHead(_who, Stamp(seq, at), at, entries, new string('5', 64)));

    public (string Topic, byte[] Body) Online() => ($"{Root}/status", WirePresence.Online(_who));

    public (string Topic, byte[] Body) Offline() => ($"{Root}/status", WirePresence.Offline(_who));

    public (string Topic, byte[] Body) Lost() => ($"{Root}/status", WirePresence.Lost(_who));

    public (string Topic, byte[] Body) State(long seq, int alert, int waiting = 0) => (
        $"{Root}/state",
        new WireState(seq, alert, [new("fatigue", 0.12)], Fine, waiting, TimeSpan.Zero, 0, EyesOnRoad: true).Write(_who));

    public (string Topic, byte[] Body) Health(TimeSpan up, long alerts) => (
        $"{Root}/health",
        new WireHealth(
            up, (long)up.TotalSeconds * 15, (long)up.TotalSeconds * 14, (long)up.TotalSeconds, alerts, 1, 0, 0, 0).Write(_who));

    private WireStamp Stamp(long seq, TimeSpan at, WireClock clock = WireClock.Synced) =>
        new(seq, clock == WireClock.Synced ? start + at : DateTimeOffset.UnixEpoch + at, clock);
}
