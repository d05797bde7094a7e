using System.Buffers;
using System.Text;
using System.Text.Json;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>A drive with a bit of everything, replayed: what an auditor, a lawyer or the driver would ask of its lines.</summary>
public class ReplayTests
{
    private const string Everything =
        "120s blinking smile 0 angry 0.05 gaze 0 0 heart 70 speed 90; 4s mouth 0.6 lids 0.5; 30s blinking gaze 0 0; 3.5s yaw 40; 60s drowsy; 1.4s shut; " +
        "20s drowsy; 1.6s shut; 60s drowsy; 3.3s shut; 12s noface; 12s blurred; 20s blinking scowl 0.9 angry 0.9 heart 110; 4s open phone 0.9; 20s blinking strap gone";

    [Fact]
    public void The_same_drive_twice_is_the_same_to_the_byte()
    {
        var first = Replayed();
        Assert.True(first.Length > 100_000);
        Assert.Equal(first, Replayed());
    }

    [Fact]
    public void Every_score_and_alert_says_why_by_what_and_what_it_did_not_know()
    {
        var (alerts, scores) = (0, 0);
        foreach (var text in Encoding.UTF8.GetString(Replayed()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var line = JsonDocument.Parse(text).RootElement;
            switch (line.GetProperty("kind").GetString())
            {
                case "alert":
                    alerts++;
                    AssertAnswers(line, line, text);
                    if (line.GetProperty("phase").GetString() != "cleared")
                        Assert.True(line.GetProperty("why").GetArrayLength() > 0, text);
                    break;
                case "score":
                    scores++;
                    foreach (var state in (string[])["fatigue", "stress", "anger", "distraction"])
                        AssertAnswers(line, line.GetProperty(state), text);
                    break;
            }
        }

        Assert.True(alerts > 8 && scores > 300, $"{alerts} alerts, {scores} scores");
    }

    private static void AssertAnswers(JsonElement line, JsonElement said, string text)
    {
        Assert.True(
            said.GetProperty("why").ValueKind == JsonValueKind.Array
                && said.GetProperty("limits").ValueKind == JsonValueKind.Array,
            text);
        Assert.Equal(("face-mesh@1", "c41a"), (line.GetProperty("model").GetString(), line.GetProperty("cfg").GetString()));
    }

    private static byte[] Replayed()
    {
        var written = new ArrayBufferWriter<byte>();
        using var lines = new EventLines(written, new("face-mesh@1", "c41a"));
        var pipeline = new MonitorPipeline(new() { Anger = new() { Enabled = true } });
        foreach (var seen in Drive.Of(Everything, 15))
        {
            var night = new WallClock(new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero) + seen.At, Trusted: true);
            var outcome = pipeline.Step(seen with { Wall = night });
            foreach (var happened in outcome.Events) lines.Write(happened);
            if (outcome.Scores is { } scores) lines.Write(scores);
        }

        return written.WrittenSpan.ToArray();
    }
}
