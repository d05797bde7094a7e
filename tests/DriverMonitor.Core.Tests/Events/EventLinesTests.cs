using System.Buffers;
using System.Text;
using System.Text.Json;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Core.Tests.Events;

public class EventLinesTests
{
    public static TheoryData<MonitorEvent, string> Lines =>
        new()
        {
            {
                new MonitorEvent.Eyelids(Seconds(4.32), ClosureKind.Blink, Seconds(4.114), Seconds(0.20606), Aborted: false),
                """{"at":4.32,"kind":"blink","startedAt":4.114,"durationMs":206,"aborted":false}"""
            },
            {
                new MonitorEvent.Yawn(Seconds(14), Seconds(10), Seconds(4), 0.5),
                """{"at":14,"kind":"yawn","startedAt":10,"durationMs":4000,"weight":0.5}"""
            },
            {
                new MonitorEvent.Nod(Seconds(3), Seconds(1.2), Seconds(1.8)),
                """{"at":3,"kind":"nod","startedAt":1.2,"durationMs":1800}"""
            },
            {
                new MonitorEvent.LookAway(Seconds(4.016), Seconds(0.552), Seconds(3.313), 44.71, -2.04),
                """{"at":4.016,"kind":"look_away","startedAt":0.552,"durationMs":3313,"yaw":44.7,"pitch":-2}"""
            },
            {
                new MonitorEvent.Alert(
                    Seconds(5.9),
                    AlertPhase.Raised,
                    AlertRule.EyesClosed,
                    AlertLevel.Warning,
                    [new("eyes_closed", 1.515, 1.5, "s"), new("speed", 80, null, "km/h")])
                {
                    Limits = [MissingReason.NoFace],
                },
                """{"at":5.9,"kind":"alert","phase":"raised","state":"fatigue","level":2,"rule":"eyes_closed","why":[{"f":"eyes_closed","v":1.515,"th":1.5,"unit":"s"},{"f":"speed","v":80,"unit":"km/h"}],"limits":["no_face"]}"""
            },
            {
                new MonitorEvent.Alert(Seconds(5.9), AlertPhase.Raised, AlertRule.Fatigue, AlertLevel.Notice, [], 0.4123, 0.55),
                """{"at":5.9,"kind":"alert","phase":"raised","state":"fatigue","level":1,"rule":"fatigue","why":[],"limits":[],"score":0.412,"conf":0.55}"""
            },
            {
                new MonitorEvent.Status(Seconds(15), StatusKind.Recovered, "face_lost"),
                """{"at":15,"kind":"status","status":"recovered","detail":"face_lost"}"""
            },
        };

    [Theory]
    [MemberData(nameof(Lines))]
    public void An_event_is_one_line(MonitorEvent happened, string line)
    {
        var written = new ArrayBufferWriter<byte>();
        using (var lines = new EventLines(written))
        {
            lines.Write(happened);
            lines.Write(happened);
        }

        Assert.Equal($"{line}\n{line}\n", Encoding.UTF8.GetString(written.WrittenSpan));
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind);
    }

    [Fact]
    public void A_second_of_heart_is_one_line()
    {
        var heart = new HeartFeatures
        {
            BeatsPerMinute = 72.12,
            RmssdMs = 27.249,
            SdnnMs = 33.4,
            Pnn50 = 1.4,
            WindowSeconds = 60,
            Usable = true,
            Source = HeartSource.Intervals,
        };
        Assert.Equal(
            """{"at":12,"kind":"heart","hr":72.1,"rmssd":27.249,"sdnn":33.4,"pnn50":1.4,"windowS":60,"usable":true,"reason":null}""",
            HeartLine(heart));
        Assert.Equal(
            """{"at":12,"kind":"heart","hr":null,"rmssd":null,"sdnn":null,"pnn50":null,"windowS":0,"usable":false,"reason":"strap_off"}""",
            HeartLine(new() { Reason = HeartReason.StrapOff }));
    }

    private static string HeartLine(HeartFeatures heart)
    {
        var written = new ArrayBufferWriter<byte>();
        using (var lines = new EventLines(written)) lines.Write(new Scores { At = Seconds(12), Heart = heart });
        return Encoding.UTF8.GetString(written.WrittenSpan).Split('\n')[0];
    }

    [Fact]
    public void Every_kind_has_its_own_name()
    {
        Assert.Distinct(Enum.GetValues<StatusKind>().Select(EventNames.Of));
        Assert.Distinct(Enum.GetValues<ClosureKind>().Select(EventNames.Of));
        Assert.Distinct(Enum.GetValues<AlertPhase>().Select(EventNames.Of));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
