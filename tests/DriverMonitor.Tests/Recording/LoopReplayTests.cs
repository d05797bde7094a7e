using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Recording;

/// <summary>
/// The service's own loop over a scripted drive, through the real networks, with everything late, repeated and missing: forty
/// seconds, ten minutes in the long form. What its recording says is what it said.
/// </summary>
public sealed class LoopReplayTests : IDisposable
{
    private static readonly double Length = LongForm.IsWanted ? 600 : 40;
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.FromHours(2));

    private readonly string _folder = Directory.CreateTempSubdirectory("loop").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_drive_through_the_real_loop_is_said_again_to_the_byte()
    {
        var (drives, live, again) = (
            Path.Combine(_folder, "drives"), Path.Combine(_folder, "live.jsonl"), Path.Combine(_folder, "again.jsonl"));
        var header = RecordedVehicle.Header with { Profile = null };
        var frames = Run(header, drives, live);

        var verdict = RecordedVehicle.Replay(drives, again);
        var said = File.ReadAllText(live);
        Assert.Equal(said, File.ReadAllText(again));
        Assert.True(verdict.IsIdentical, verdict.ToString());
        Assert.Equal((0, 0, 0), (verdict.Missing, verdict.Withheld, verdict.DamagedBytes));
        Assert.True(frames > Length * 15 * 0.9);
        foreach (
            var word in new[]
            {
                "\"raised\"",
                "\"sleep\"",
                "\"blink\"",
                "\"heart\"",
                "camera_lost",
                "modalities_changed",
                "\"disputed\"",
            }
        )
            Assert.Contains(word, said, StringComparison.Ordinal);

        var seen = new RecordingReader(Recordings.Find(drives)!)
            .Read()
            .OfType<RecordingItem.Seen>()
            .Select(item => item.Observation)
            .ToList();
        var pictures = seen.Where(one => one.Face is not null).Select(one => one.At).ToList();
        Assert.Contains(pictures.Zip(pictures.Skip(1)), pair => pair.Second < pair.First);
        Assert.Contains(pictures.Zip(pictures.Skip(1)), pair => pair.Second == pair.First);
        Assert.Contains(
            seen.Where(one => one.Heart is not null).Zip(seen.Where(one => one.Heart is not null).Skip(1)),
            pair => pair.Second.At < pair.First.At);
    }

    private static long Run(RecordingHeader header, string drives, string events)
    {
        var requests = new Requests();
        var people = new People(
            requests,
            [
                (8, new(Dispute: true)),
                (9, new(Acknowledge: true)),
                (Length * 0.5, new(Allow: Modalities.None)),
                (Length * 0.6, new(Allow: Modalities.Camera)),
                (Length * 0.7, new(Allow: Modalities.All)),
                (Length * 0.9, new(Allow: Modalities.Camera | Modalities.Anger)),
            ]);
        var now = TimeSpan.Zero;
        using var reader = new FaceReader(new(), default, TimeProvider.System);
        using var portrait = new PortraitCamera(
            Path.Combine(ModelStore.DefaultFolder(), "portrait"), PortraitScript.Sleepy((int)(Length / 6.5)), paceBy: null);
        using var feed = CameraFeed.Open(new JumbledCamera(portrait), TimeProvider.System);
        using var file = new EventFile(File.Create(events), RecordedVehicle.Origin);
        using var recorder = RecordedVehicle.Record(drives, header: header);
        var loop = new MonitorLoop(
            feed,
            reader,
            new JumbledStrap(new ScriptedHeart()),
            new JumbledVehicle(),
            new MonitorPipeline(header.Judgement),
            new FanOut([file, recorder, people], NullLogger.Instance),
            [new(ServicePart.WallClock, AddWallClock)],
            requests,
            sleep: new CameraSleep(TimeSpan.FromSeconds(3)));
        loop.Run(CancellationToken.None);
        return loop.Frames;

        void AddWallClock(ref Observation seen) =>
            seen = seen with { Wall = new(Noon + (now += TimeSpan.FromMilliseconds(66)), now.TotalSeconds > 20) };
    }
}
