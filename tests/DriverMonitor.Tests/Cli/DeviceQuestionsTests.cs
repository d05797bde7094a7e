using System.Text.Json;
using DriverMonitor.Devices;
using DriverMonitor.Monitoring;
using DriverMonitor.Setup;
using DriverMonitor.Voice;

namespace DriverMonitor.Tests.Cli;

/// <summary>What setup finds it proposes, and nothing is taken without an answer.</summary>
public sealed class DeviceQuestionsTests
{
    private static readonly string[] Answering = ["ds3231@1:0x68", "mpu6886@1:0x68", "bh1750@1:0x23"];

    [Theory]
    [InlineData("", "", null)]
    [InlineData("1\n1", "", "ds3231@1:0x68 bh1750@1:0x23")]
    [InlineData("2\n2", "", "mpu6886@1:0x68")]
    [InlineData("1", "bh1750@1:0x23", "bh1750@1:0x23 ds3231@1:0x68")]
    public void Devices_that_answer_are_proposed(string answers, string fitted, string? expected)
    {
        var found = Answering.Select(DevicePlace.Parse).ToList();
        var now = new MonitorOptions { Devices = new() { Parts = fitted.Length == 0 ? [] : [fitted] } };
        var parts = Written(now, answers, questions => questions.AskDevices(found)).Devices.Parts;
        Assert.Equal(expected ?? "", string.Join(' ', parts));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("n", null)]
    [InlineData("y", "can0")]
    public void A_bus_is_asked_only_where_somebody_says_so(string answer, string? expected)
    {
        var can = Written(new(), answer, questions => questions.AskBus(["can0", "can1"])).Vehicle.Can;
        Assert.Equal((expected, expected is not null), (can.Interface, can.ObdRequests));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("1", null)]
    [InlineData("2", "plughw:CARD=Device,DEV=0")]
    public void A_microphone_is_listened_to_only_where_somebody_says_so(string answer, string? expected)
    {
        var voice = Written(new(), answer, questions => questions.AskMicrophone(["plughw:CARD=Device,DEV=0"])).Voice;
        Assert.Equal((expected is not null, expected ?? "default"), (voice.Enabled, voice.Device));
    }

    [Fact]
    public void Cards_that_can_record_are_found()
    {
        var folder = Directory.CreateTempSubdirectory("asound").FullName;
        foreach (var (card, id) in new[] { (0, "vc4hdmi"), (1, "Device"), (2, "bad name;rm"), (3, "Seeed") })
        {
            Directory.CreateDirectory(Path.Combine(folder, $"card{card}"));
            File.WriteAllText(Path.Combine(folder, $"card{card}", "id"), id + "\n");
        }

        File.WriteAllText(
            Path.Combine(folder, "pcm"),
            "00-00: HDMI : HDMI : playback 1\n01-00: USB Audio : USB Audio : playback 1 : capture 1\n02-00: x : x : capture 1\n"
                + "garbage\n03-01: seeed : seeed : capture 1\n");
        var found = MicrophoneScan.Find(folder);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(["plughw:CARD=Device,DEV=0", "plughw:CARD=Seeed,DEV=1"], found);
        Assert.Empty(MicrophoneScan.Find(folder));
    }

    private static MonitorOptions Written(MonitorOptions now, string answers, Action<DeviceQuestions> ask)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        var draft = new SettingsDraft(file);
        draft.Set("Web:Enabled", true);
        ask(new(new LineDialogue(new StringReader(answers), TextWriter.Null), draft, now));
        draft.Save();
        var written = MonitorOptions.Load(file);
        File.Delete(file);
        return written;
    }
}
