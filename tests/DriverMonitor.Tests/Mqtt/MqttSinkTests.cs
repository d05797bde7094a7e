using System.Globalization;
using System.Text.Json;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Mqtt;

public sealed class MqttSinkTests
{
    // What happened; then what waits for the broker: topic, type, episode or status, sound.
    public static TheoryData<string, string, string> Stories => new()
    {
        { "an alert is one episode from raised to cleared", "Raised Warning EyesClosed, Escalated Alarm EyesClosed, Cleared None EyesClosed",
            "fatigue raised 1-0001 buzzer:sleep-warning, fatigue escalated 1-0001 buzzer:sleep-alarm, fatigue cleared 1-0001" },
        { "the next one is another", "Raised Warning EyesClosed, Cleared None EyesClosed, Raised Warning EyesClosed",
            "fatigue raised 1-0001 buzzer:sleep-warning, fatigue cleared 1-0001, fatigue raised 1-0002 buzzer:sleep-warning" },
        { "two at once are two", "Raised Warning EyesClosed, Raised Alarm LongLookAway, Cleared None EyesClosed, Cleared None LongLookAway",
            "fatigue raised 1-0001 buzzer:sleep-warning, distraction raised 1-0002 buzzer:look-alarm, fatigue cleared 1-0001, distraction cleared 1-0002" },
        { "a dispute names the episode it is about", "Raised Warning EyesClosed 10, Cleared None EyesClosed 12, Raised Warning EyesClosed 20, Escalated Alarm EyesClosed 22, Cleared None EyesClosed 25, "
            + "Disputed Warning EyesClosed 10, Disputed Alarm EyesClosed 22",
            "fatigue raised 1-0001 buzzer:sleep-warning, fatigue cleared 1-0001, fatigue raised 1-0002 buzzer:sleep-warning, fatigue escalated 1-0002 buzzer:sleep-alarm, fatigue cleared 1-0002, "
            + "fatigue disputed 1-0001, fatigue disputed 1-0002" },
        { "a hint is sent without a sound", "Raised Notice Stress", "stress raised 1-0001" },
        { "news of the monitor goes to the device topic", "CameraLost, Recovered", "device camera_lost, device recovered" },
        { "a finding about the heart stays in the vehicle", "IrregularRhythm, HeartLost", "device heart_lost" },
        { "blinks are nobody's business", "Blink", "" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Queues_what_the_fleet_should_hear(string story, string happened, string expected)
    {
        using var uplink = NewUplink();
        foreach (var text in happened.Split(", "))
            uplink.Sink.Emit(default, new Outcome(default, default, StandingAlert.None, [Parse(text.Split(' '))]));

        await Eventually.Sees("every event written", () => uplink.Outbox.IsIdle);
        var waiting = new List<string>();
        for (var entry = uplink.Outbox.NextAfter(0); entry is not null; entry = uplink.Outbox.NextAfter(entry.Seq))
            waiting.Add(Read(entry.Topic, entry.Body));
        Assert.Equal($"{story}: {expected}", $"{story}: {string.Join(", ", waiting)}");
    }

    [Fact]
    public void Saying_the_same_again_allocates_nothing()
    {
        using var uplink = NewUplink();
        var seen = new Observation(default, FaceReading.NoFace);
        var outcome = new Outcome(default, new(0.1, true, 0.02), new(AlertLevel.Alarm, AlertRule.EyesClosed), []);
        uplink.Sink.Emit(seen, outcome);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 500; i++) uplink.Sink.Emit(seen, outcome);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Uplink NewUplink() =>
        new(new() { Brokers = ["127.0.0.1:1"] }, default, TimeProvider.System, () => 0, NullLogger<MqttLink>.Instance);

    private static MonitorEvent Parse(string[] words) =>
        words switch
        {
            ["Blink"] => new MonitorEvent.Eyelids(default, ClosureKind.Blink, default, TimeSpan.FromSeconds(0.2), Aborted: false),
            [var status] => new MonitorEvent.Status(default, Enum.Parse<StatusKind>(status)),
            ["Disputed", var level, var rule, var at] => new MonitorEvent.Dispute(
                TimeSpan.FromSeconds(60),
                Enum.Parse<AlertRule>(rule),
                Enum.Parse<AlertLevel>(level),
                Seconds(at)),
            _ => new MonitorEvent.Alert(
                Seconds(words.ElementAtOrDefault(3)),
                Enum.Parse<AlertPhase>(words[0]),
                Enum.Parse<AlertRule>(words[2]),
                Enum.Parse<AlertLevel>(words[1]),
                []),
        };

    private static TimeSpan Seconds(string? text) => TimeSpan.FromSeconds(int.Parse(text ?? "0", CultureInfo.InvariantCulture));

    private static string Read(string topic, byte[] body)
    {
        var data = JsonDocument.Parse(body).RootElement.GetProperty("data");
        var kind = topic.Split('/')[^1];
        return data.TryGetProperty("status", out var status)
            ? $"{kind} {status.GetString()}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{kind} {data.GetProperty("phase").GetString()} {data.GetProperty("episode").GetString()}")
                + (
                    data.TryGetProperty("action", out var actions)
                        ? string.Concat(actions.EnumerateArray().Select(action => $" {action.GetString()}"))
                        : "");
    }
}
