using System.Text;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Tests.Mqtt;

public sealed class WireTests
{
    private static readonly WireIdentity Who = new("acme", "veh-0001", 0x5f1c9a2e77b04d10, 7, "1.2.0");
    private static readonly WireStamp Stamp = new(
        48213, new(2026, 11, 22, 12, 20, 31, 123, TimeSpan.FromHours(1)), WireClock.Synced);
    private static readonly TimeSpan At = TimeSpan.FromMilliseconds(8123456.7);

    private static readonly MonitorEvent.Alert Alert = new(
        At,
        AlertPhase.Raised,
        AlertRule.EyesClosed,
        AlertLevel.Alarm,
        [
            new("perclos60", 0.42, 0.25, ""),
            new("blink_ms", 412, 300, "ms"),
            new("hr", 58, 60, "bpm"),
            new("broken", double.NaN, null, "s"),
        ]);

    private static readonly WireState State = new(9, 0, [new("fatigue", 0.12), new("stress", double.NaN)], new("ok", "ok"),
        3, TimeSpan.FromSeconds(12.9), 0, EyesOnRoad: false, BeatsPerMinute: 71.6);

    [Fact]
    public void An_alert_is_a_cloud_event()
    {
        const string Expected = """
            {"specversion":"1.0","id":"veh-0001:5f1c9a2e77b04d10:48213","source":"/acme/veh-0001","type":"io.dms.alert.raised.v1",
            "time":"2026-11-22T11:20:31.123Z","subject":"fatigue","datacontenttype":"application/json","dataschema":"urn:dms:alert:1.0",
            "seq":48213,"epoch":"5f1c9a2e77b04d10","boot":7,"mono":8123456,"clock":"synced","late":false,
            "data":{"episode":"7-0412","kind":"fatigue","rule":"eyes_closed","level":3,"phase":"raised",
            "why":[{"f":"perclos60","th":0.25,"unit":""},{"f":"blink_ms","th":300,"unit":"ms"},
            {"f":"hr","th":60,"unit":"bpm"},{"f":"broken","unit":"s"}],
            "sensors":{"cam":"ok","hr":"ok"},"action":["buzzer:pattern3"],"model":"face@1.2.0","cfg":"c41a"}}
            """;

        var body = Text(WireEvent.Alert(Who, Stamp, Alert, "7-0412", "pattern3", new("ok", "ok"), new("face@1.2.0", "c41a")));

        Assert.Equal(Expected.ReplaceLineEndings(""), body);
    }

    [Fact]
    public void What_was_measured_leaves_from_level_P2_on()
    {
        Assert.DoesNotContain(
            "\"v\":", Text(WireEvent.Alert(Who, Stamp, Alert, "7-0412", null, default, default)), StringComparison.Ordinal);

        var body = Text(WireEvent.Alert(Who with { Level = WireLevel.P2 }, Stamp, Alert, "7-0412", null, default, default));

        Assert.Contains("""{"f":"hr","v":58,"th":60,"unit":"bpm"},{"f":"broken","unit":"s"}""", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_emotions_must_not_be_named_a_hint_is_about_the_drivers_state()
    {
        var who = Who with { NamesEmotions = false, Level = WireLevel.P3 };
        var hint = new MonitorEvent.Alert(
            At,
            AlertPhase.Raised,
            AlertRule.Anger,
            AlertLevel.Notice,
            [new("stress_index", 2, null, "z")],
            0.8,
            0.5);

        var body = Text(WireEvent.Alert(who, Stamp, hint, "7-1", null, default, default));

        Assert.DoesNotMatch("(?i)anger|angry|stress|0\\.8", body);
        Assert.Contains("\"kind\":\"driver-state\"", body, StringComparison.Ordinal);
        Assert.Equal("fatigue", WireEvent.KindOf(who, AlertRule.Fatigue));
    }

    [Fact]
    public void A_status_says_what_is_wrong_with_the_monitor()
    {
        const string Expected = """
            {"specversion":"1.0","id":"veh-0001:5f1c9a2e77b04d10:48213","source":"/acme/veh-0001","type":"io.dms.device.status.v1",
            "time":"2026-11-22T11:20:31.123Z","subject":"device","datacontenttype":"application/json","dataschema":"urn:dms:device:1.0",
            "seq":48213,"epoch":"5f1c9a2e77b04d10","boot":7,"mono":8123456,"clock":"synced","late":false,
            "data":{"kind":"device","status":"camera_covered","detail":"since 3 s"}}
            """;

        var body = Text(WireEvent.Status(Who, Stamp, new(At, StatusKind.CameraCovered, "since 3 s")));

        Assert.Equal(Expected.ReplaceLineEndings(""), body);
    }

    [Fact]
    public void A_dispute_names_the_alert_it_is_about_and_nothing_else()
    {
        var body = Text(
            WireEvent.Dispute(Who, Stamp, new(At, AlertRule.EyesClosed, AlertLevel.Warning, TimeSpan.FromSeconds(1)), "7-0001"));
        Assert.Contains("\"type\":\"io.dms.alert.disputed.v1\"", body, StringComparison.Ordinal);
        Assert.Contains("\"data\":{\"episode\":\"7-0001\",\"kind\":\"fatigue\",\"rule\":\"eyes_closed\",\"level\":2,\"phase\":\"disputed\"}", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_says_what_will_never_come()
    {
        var body = Text(WireUpkeep.Gap(Who, Stamp, At, new(100, 140), 41, cls: 0, "quota"));

        Assert.Contains("""
            "type":"io.dms.gap.v1"
            """, body, StringComparison.Ordinal);
        Assert.EndsWith("""
            "data":{"from":100,"to":140,"count":41,"cls":0,"reason":"quota"}}
            """, body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_event_says_so_and_stays_the_same_otherwise()
    {
        var body = WireEvent.Status(Who, Stamp, new(At, StatusKind.HeartLost, "\"late\":false"));
        var before = Text(body);

        WireEvent.MarkLate(body);

        Assert.Equal(before.Replace("\"late\":false,\"data\"", "\"late\":true ,\"data\"", StringComparison.Ordinal), Text(body));
    }

    [Fact]
    public void Presence_and_state_are_short()
    {
        Assert.Equal(
            """{"st":"online","boot":7,"epoch":"5f1c9a2e77b04d10","ver":"1.2.0","privacy":"P1"}""",
            Text(WirePresence.Online(Who)));
        Assert.EndsWith(
            "\"privacy\":\"P1\",\"camera\":\"ir-usb\"}", Text(WirePresence.Online(Who with { Camera = "ir-usb" })), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "camera", Text(WirePresence.Online(Who with { Camera = "ir-usb", Level = WireLevel.P0 })), StringComparison.Ordinal);
        Assert.Equal(
            """{"seq":9,"boot":7,"alert":0,"risk":{"fatigue":0.12},"hr":"ok","cam":"ok","q":{"c0":3,"oldestS":12},"drop":{"c0":0}"""
                + ""","vss":{"Vehicle.Driver.FatigueLevel":12,"Vehicle.Driver.IsEyesOnRoad":false,"Vehicle.ADAS.DMS.IsWarning":false,"Vehicle.ADAS.DMS.IsError":false}}""",
            Text(State.Write(Who)));
    }

    [Fact]
    public void The_pulse_is_in_the_state_from_level_P2_on()
    {
        Assert.Contains(
            "\"Vehicle.Driver.HeartRate\":72", Text(State.Write(Who with { Level = WireLevel.P2 })), StringComparison.Ordinal);
        Assert.Contains(
            "IsError\":true", Text((State with { Senses = new("covered", "ok") }).Write(Who)), StringComparison.Ordinal);
        Assert.Contains("IsWarning\":true", Text((State with { Level = 2 }).Write(Who)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trip_and_the_health_say_nothing_of_a_person()
    {
        var trip = new WireTrip(
            2,
            At,
            TimeSpan.FromSeconds(5400.7),
            IsParked: true,
            [new("fatigue", 2)],
            [new("fatigue", 0.98765)],
            0.5);

        Assert.EndsWith("""
            "data":{"trip":"7-2","durationS":5400,"end":"parked","alerts":{"fatigue":2},"judged":{"fatigue":0.988},"heart":0.5}}
            """, Text(trip.Write(Who, Stamp)), StringComparison.Ordinal);
        Assert.Equal("""
            {"boot":7,"ver":"1.2.0","upS":300,"pictures":9000,"faces":8900,"packets":300,"alerts":2,"connections":1,"refused":0,"waiting":3,"dropped":0}
            """, Text(new WireHealth(TimeSpan.FromSeconds(300), 9000, 8900, 300, 2, 1, 0, 3, 0).Write(Who)));
    }

    [Fact]
    public void Every_rule_has_a_topic()
    {
        Assert.All(Enum.GetValues<AlertRule>(), rule =>
            Assert.Matches("^(fatigue|distraction|stress|anger)$", AlertTable.StateOf(rule)));
    }

    private static string Text(byte[] body) => Encoding.UTF8.GetString(body);
}
