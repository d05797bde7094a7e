using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Recording;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Recording;

/// <summary>Recordings of each version of the format, made once and never again: they must stay readable.</summary>
public sealed class GoldenRecordingTests
{
    // What each version could say: the first entries of the drive.
    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 8)]
    [InlineData(3, 9)]
    [InlineData(4, 10)]
    [InlineData(5, 11)]
    [InlineData(6, 12)]
    [InlineData(7, 13)]
    public void A_recording_of_every_version_is_read_as_it_was_written(int version, int length)
    {
        var golden = SourceTree.Path("tests", "DriverMonitor.Tests", "Recording", $"version-{version}.recording");
        var drive = Drive[..length];
        var folder = Directory.CreateTempSubdirectory("golden").FullName;
        if (Environment.GetEnvironmentVariable("RECORDING_WRITE") == $"{version}")
        {
            RecordedVehicle.Judge(drive, folder, Path.Combine(folder, "events.jsonl"));
            File.Copy(Directory.GetFiles(folder, "*.recording")[0], golden);
        }

        Directory.Delete(folder, recursive: true);
        var recording = new RecordingReader([golden]);
        var seen = recording.Read().OfType<RecordingItem.Seen>().Select(item => item.Observation).ToList();

        Assert.Equal(
            ("p:0123456789abcdef", "face-mesh@12345678", 0.1 + 0.2),
            (recording.Header.Driver, recording.Header.Model, recording.Header.Profile!.LeftEyeOpen));
        Assert.Equal(drive.Length, seen.Count);
        Assert.Equal(drive[1].Heart!.Value.RrMs.AsEnumerable(), seen[1].Heart!.Value.RrMs);
        Assert.Equal(drive.Select(Plain), seen.Select(Plain));
        Assert.Single(recording.Read().OfType<RecordingItem.Check>());
        Assert.DoesNotContain(recording.Read(), item => item is RecordingItem.Damage or RecordingItem.Gap);
    }

    private static readonly Observation[] Drive =
    [
        new(default, Allowed: Modalities.WithoutVoice, Sleep: new(TimeSpan.FromHours(15), TimeSpan.FromHours(5.5))),
        new(
            TimeSpan.FromMilliseconds(66.7),
            Heart: new(
                "C0:FF:EE:00:00:01",
                68,
                StrapContact.Detected,
                [882.8125, 879.8828125],
                12,
                false,
                HeartFlaws.TrailingByte)),
        new(
            TimeSpan.FromMilliseconds(100),
            new FaceReading
            {
                Sight = Sight.Driver,
                Presence = 1 / 3.0,
                TrackId = 7,
                LeftEye = new(0.1 + 0.2, 0.9),
                RightEye = new(null, 0.1),
                MouthOpen = 0.05,
                Head = new(-12.5, 3.25, 1e-9),
                Gaze = new(4, -5, 0.8),
                Brightness = 0.4,
                PhoneSeen = 0.25,
                Shape = new()
                {
                    InnerBrowHeight = 0.25,
                    BrowGap = 0.3,
                    LidGap = 0.1,
                    LowerLidDrop = 0.05,
                    NoseWingDrop = 0.4,
                    UpperLipDrop = 0.15,
                    MouthCornerLift = -0.01,
                    MouthWidth = 0.5,
                    ChinDrop = 0.31,
                    LipHeight = 0.2,
                    LipGap = 0.02,
                },
                Expression = new(0.5f, 0.1f, 0.1f, 0.1f, 0.1f, 0.05f, 0.05f),
                Picture = new(0.45, 0.25, 0.09, 0.001, true),
            },
            Vehicle: new(80.5, -3),
            Wall: new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.FromHours(2)), true)),
        new(TimeSpan.FromMilliseconds(166.7), FaceReading.NoFace, Vehicle: new(null), Acknowledged: true),
        new(TimeSpan.FromMilliseconds(200), FaceReading.NoFrame, Disputed: true),
        new(TimeSpan.FromMilliseconds(150), Skin: new(3.5, null, "skin-1")),
        new(TimeSpan.FromMilliseconds(233), Skin: new(null, 31.5, "skin-1"), Sleep: new(TimeSpan.FromHours(1))),
        new(TimeSpan.FromMilliseconds(300), DisputedAlert: new("eyes_closed", TimeSpan.FromTicks(915_000_001))),
        new(TimeSpan.FromMilliseconds(333), new FaceReading
        {
            Sight = Sight.Driver, Presence = 0.9, TrackId = 7, LeftEye = new(0.3, 1, 0.25), RightEye = new(0.31, 1),
            Blendshapes = new(0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f), Light = new(0.6, 0.1 + 0.2),
        }),
        new(TimeSpan.FromMilliseconds(366), new FaceReading
        {
            Sight = Sight.Driver, Presence = 0.9, TrackId = 7, LeftEye = new(0.3, 1), RightEye = new(0.31, 1),
            RivalEye = new(0.1 + 0.2, 0.7), Place = new(0.3, 0.5, 1, 92.5),
        }),
        new(TimeSpan.FromMilliseconds(399), Vehicle: new(50, Indicator: Indicator.Right, WipersOn: false, DoorOpen: true)),
        new(TimeSpan.FromMilliseconds(433), new FaceReading
        {
            Sight = Sight.Driver, Presence = 0.9, TrackId = 7, LeftEye = new(0.3, 1, 0.25), RightEye = new(0.31, 1),
            Hands = new(new(0.9, 0.5, 0.1 + 0.2, 0.6), new(0.6, -1, 2, 0.5)),
        }),
        new(TimeSpan.FromMilliseconds(466), Cab: new(2.5, 900, 21.5, 0.1 + 0.2)),
    ];

    private static Observation Plain(Observation seen) =>
        seen with
        {
            Heart = seen.Heart is { } heart ? heart with { RrMs = [] } : null,
        };
}
