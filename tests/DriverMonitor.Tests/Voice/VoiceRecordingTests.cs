using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Recording;
using DriverMonitor.Tests.Recording;

namespace DriverMonitor.Tests.Voice;

/// <summary>A recorded drive with a voice is judged again to the byte; without the consent nothing of it is on the disk.</summary>
public sealed class VoiceRecordingTests : IDisposable
{
    private const string
        Seen = "10s blinking speed 80; 50s chatter; 4s mouth 0.6; 60s blinking heart 70 chatter; 4s mouth 0.6; 60s blinking",
        Heard = "10s quiet; 54s talk 4; 60s talk 3 pitch 15.5; 4s breath; 30s quiet; 20s muted; 10s unplugged";

    private readonly string _folder = Directory.CreateTempSubdirectory("voice-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Drives => Path.Combine(_folder, "drives");

    private string Live => Path.Combine(_folder, "live.jsonl");

    [Fact]
    public void A_drive_with_a_voice_is_judged_again_to_the_byte_and_without_it_by_a_setting()
    {
        RecordedVehicle.Judge(Drive.Of(Seen, 15).With(Heard), Drives, Live, header: Header);
        var verdict = RecordedVehicle.Replay(Drives, Path.Combine(_folder, "again.jsonl"));
        Assert.True(verdict.IsIdentical, $"{verdict}");
        Assert.Equal(File.ReadAllText(Live), File.ReadAllText(Path.Combine(_folder, "again.jsonl")));
        Assert.Contains("microphone_muted", File.ReadAllText(Live), StringComparison.Ordinal);

        Assert.Equal((1, 2), (Yawns(new()), Yawns(new() { Voice = new() { Enabled = false } })));

        int Yawns(MonitorSettings settings)
        {
            var events = Path.Combine(_folder, "yawns.jsonl");
            using (var file = new EventFile(File.Create(events), RecordedVehicle.Origin))
                new RecordingReplay(new RecordingReader(Recordings.Find(Drives)!)).Run(new(settings), file, CancellationToken.None);
            return File.ReadLines(events).Count(line => line.Contains("\"yawn\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void What_the_driver_does_not_allow_is_not_on_the_disk()
    {
        var drive = Drive.Of(Seen, 15).With(Heard)
            .Select(seen => seen.Allowed is null ? seen : seen with { Allowed = Modalities.WithoutVoice });
        RecordedVehicle.Judge(drive, Drives, Live, header: Header);
        Assert.DoesNotContain(
            new RecordingReader(Recordings.Find(Drives)!).Read().OfType<RecordingItem.Seen>(), seen => seen.Observation.Voice is not null);
    }

    private static RecordingHeader Header => RecordedVehicle.Header with { Allowed = Modalities.WithoutVoice };
}
