using System.Text.Json;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Recording;

public sealed class RecorderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recorder").FullName;

    private string Drives => Path.Combine(_folder, "drives");

    private string Live => Path.Combine(_folder, "live.jsonl");

    private string Again => Path.Combine(_folder, "again.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ten_minutes_with_late_repeated_and_missing_data_are_said_again_to_the_byte()
    {
        RecordedVehicle.Judge(RecordedVehicle.TenMinutes(), Drives, Live);
        var verdict = RecordedVehicle.Replay(Drives, Again);

        var said = File.ReadAllText(Live);
        Assert.Equal(said, File.ReadAllText(Again));
        Assert.True(verdict.IsIdentical, verdict.ToString());
        Assert.Equal((0, 0, 0), (verdict.Missing, verdict.Withheld, verdict.DamagedBytes));
        // The drive holds what it claims to hold.
        foreach (var word in new[] { "\"sleep\"", "\"look_away\"", "\"yawn\"", "\"raised\"", "\"disputed\",\"rule\":\"eyes_closed\"", "\"disputed\",\"rule\":\"long_look_away\"", "driver_changed", "heart_lost", "modalities_changed", "camera_covered", "\"heart\"" })
            Assert.Contains(word, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_writer_that_fails_holds_up_neither_the_drive_nor_its_end(bool waits)
    {
        Recorder? recorder = null;
        var driving = Task.Run(() =>
        {
            recorder = new(
                new RecordingSettings { Folder = Drives },
                RecordedVehicle.Header,
                new BrokenTime(),
                NullLogger<Recorder>.Instance,
                waits);
            foreach (var seen in RecordedVehicle.TenMinutes())
                recorder.Emit(seen, new Outcome(seen.At, default, StandingAlert.None, []));
            recorder.Dispose();
        });

        await driving.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Contains("ordered to fail", recorder!.Failure, StringComparison.Ordinal);
        Assert.True(recorder.Dropped > 0);
    }

    private sealed class BrokenTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new NotImplementedException("ordered to fail");

        public override long GetTimestamp() => throw new NotImplementedException("ordered to fail");
    }

    [Fact]
    public void Every_observation_comes_back_to_the_bit()
    {
        var drive = RecordedVehicle
            .TenMinutes()
            .Append(
                new(
                    TimeSpan.FromHours(1),
                    Heart: new("ÄÖ", null, StrapContact.Detected, default, 7, true, HeartFlaws.NoPulse),
                    Vehicle: new(null)))
            .ToList();
        RecordedVehicle.Judge(drive, Drives, Live);

        var read = new RecordingReader(Recordings.Find(Drives)!)
            .Read()
            .OfType<RecordingItem.Seen>()
            .Select(item => item.Observation)
            .ToList();

        // What the driver did not allow for 40 s is the one thing that is not there.
        var allowed = Modalities.All;
        Assert.Equal(drive.Count, read.Count);
        foreach (var (was, now) in drive.Zip(read))
        {
            allowed = was.Allowed ?? allowed;
            if (was.Heart is { } heart && allowed.HasFlag(Modalities.Heart) && !heart.RrMs.IsDefault)
                Assert.Equal(heart.RrMs.AsEnumerable(), now.Heart!.Value.RrMs);
            if (!allowed.HasFlag(Modalities.Heart))
                Assert.Equal(was.Heart is null, now.Heart is null);
            Assert.Equal(Plain(was, allowed), Plain(now, allowed));
        }
    }

    [Fact]
    public void What_is_not_allowed_never_reaches_the_disk_and_the_rest_is_judged_as_it_was()
    {
        var drive = Drive.Of("40s blinking speed 80 heart 68; 20s shut").ToList();
        var first = new Observation(default, Allowed: Modalities.Camera);
        RecordedVehicle.Judge(drive.Prepend(first), Drives, Live);

        var seen = new RecordingReader(Recordings.Find(Drives)!).Read().OfType<RecordingItem.Seen>().ToList();
        Assert.Contains(seen, item => item.Observation.Heart is not null);
        Assert.All(seen, item => Assert.Null(item.Observation.Heart?.BeatsPerMinute));
        Assert.True(RecordedVehicle.Replay(Drives, Again).IsIdentical);
        Assert.Equal(File.ReadAllText(Live), File.ReadAllText(Again));
    }

    [Fact]
    public void Consents_taken_back_and_given_again_are_judged_again_to_the_byte()
    {
        var drive = Drive.Of(
            "90s blinking speed 80 heart 68; 4s shut; 60s asleep speed 60 heart 70; 400s asleep speed 0; 500s asleep; 60s asleep speed 90; 70s blinking speed 90 heart 72 chatter; 3s shut; 40s open", 10).ToList();
        var noon = new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.FromHours(2));
        for (var i = 0; i < drive.Count; i++) drive[i] = drive[i] with { Wall = new(noon + drive[i].At, Trusted: i > 3000) };
        Insert(94, Modalities.None);
        Insert(1114, Modalities.Heart | Modalities.Stress);
        Insert(1150, Modalities.All);
        Insert(1200, Modalities.Camera);

        RecordedVehicle.Judge(drive, Drives, Live);
        var verdict = RecordedVehicle.Replay(Drives, Again);

        Assert.Equal(File.ReadAllText(Live), File.ReadAllText(Again));
        Assert.True(verdict.IsIdentical, verdict.ToString());
        var taken = new RecordingReader(Recordings.Find(Drives)!)
            .Read()
            .OfType<RecordingItem.Seen>()
            .Select(item => item.Observation)
            .Where(seen => seen.At.TotalSeconds is > 94 and < 1114)
            .ToList();
        Assert.True(taken.Count > 9000);
        Assert.All(
            taken, seen => Assert.True(seen.Face is null or { Sight: Sight.NoFrame } && seen.Heart?.BeatsPerMinute is null));

        void Insert(double second, Modalities allowed)
        {
            var place = drive.FindIndex(seen => seen.At.TotalSeconds >= second);
            drive.Insert(place, new(drive[place].At, Allowed: allowed));
        }
    }

    [Fact]
    public void A_sense_that_is_allowed_only_later_starts_without_what_was_learned_of_it_before()
    {
        var header = RecordedVehicle.Header with
        {
            Allowed = Modalities.Camera,
            Profile = new()
            {
                LeftEyeOpen = 0.3,
                RightEyeOpen = 0.3,
                Heart = new(new(62, 3, 600, 20), new(3.4, 0.2, 600, 20), new(3, 0.5, 600, 20)),
            },
        };
        var drive = Drive.Of("400s blinking speed 80 heart 90 chatter").ToList();
        drive.Insert(2000, new(drive[2000].At, Allowed: Modalities.All));
        RecordedVehicle.Judge(drive.Prepend(new(default, Allowed: Modalities.Camera)), Drives, Live, header: header);

        Assert.True(RecordedVehicle.Replay(Drives, Again).IsIdentical);
        Assert.Equal(File.ReadAllText(Live), File.ReadAllText(Again));
    }

    [Fact]
    public void Nothing_that_can_be_observed_is_left_out()
    {
        var full = new Observation(
            TimeSpan.FromSeconds(1.5),
            new()
            {
                Sight = Sight.Driver,
                Presence = 0.9,
                TrackId = 3,
                LeftEye = new(0.3, 0.8),
                RightEye = new(0.31, 0.7),
                MouthOpen = 0.1,
                Head = new(1, 2, 3),
                Gaze = new(4, 5, 0.6),
                Shape = new()
                {
                    InnerBrowHeight = 1,
                    BrowGap = 2,
                    LidGap = 3,
                    LowerLidDrop = 4,
                    NoseWingDrop = 5,
                    UpperLipDrop = 6,
                    MouthCornerLift = 7,
                    MouthWidth = 8,
                    ChinDrop = 9,
                    LipHeight = 10,
                    LipGap = 11,
                },
                Expression = new(0.1f, 0.2f, 0.3f, 0.1f, 0.1f, 0.1f, 0.1f),
                Brightness = 0.5,
                Picture = new(0.4, 0.3, 0.2, 0.1, true),
                PhoneSeen = 0.05,
                BeltWorn = 0.75,
                Hands = new(new(0.9, 0.5, 0.4, 0.6), new(0.7, -1, 2, 0.5)),
            },
            new("C0", 70, StrapContact.Detected, [850], 3, true, HeartFlaws.AfterBreak),
            new(80, 5, true),
            new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.FromHours(2)), true),
            Acknowledged: true,
            Disputed: true,
            Allowed: Modalities.All,
            Skin: new(3, 31, "skin"),
            Sleep: new(TimeSpan.FromHours(9), TimeSpan.FromHours(6)),
            DisputedAlert: new("eyes_closed", TimeSpan.FromSeconds(1)),
            Voice: new(
                MicrophoneState.Hum, TimeSpan.FromSeconds(0.512), 0.5, 2, 0.25, -50.5, 15.5, 9, 14.5, 3.5, -10.5, 1.5, 5.5, 1,
                TimeSpan.FromSeconds(0.3)),
            Cab: new(3.5, 950, 21.5, 0.25, 0.4));
        Observation[] drive =
        [
            full,
            full with
            {
                Vehicle = new(0, null, false),
            },
            full with { Face = full.Face!.Value with { Hands = new(new(0.9, 0.5, 0.4, 0.6), null) } },
            full with { Face = full.Face!.Value with { Hands = default(HandsReading) } },
            .. Enum.GetValues<Sight>()
                .Select(sight => new Observation(TimeSpan.FromSeconds(2), new FaceReading { Sight = sight })),
        ];
        RecordedVehicle.Judge(drive, Drives, Live);
        var read = new RecordingReader(Recordings.Find(Drives)!)
            .Read()
            .OfType<RecordingItem.Seen>()
            .Select(item => item.Observation)
            .ToList();

        Assert.Equal(drive.Select(seen => Plain(seen, Modalities.All)), read.Select(seen => Plain(seen, Modalities.All)));
        // Whatever becomes observable later belongs into this test, and into the recording; the position alone does not.
        Assert.Empty(Blank(full, "observation").Except(["observation.Vehicle.Position", "observation.Vehicle.IsOff"]));

        // ... and into the list for people.
        var listed = JsonDocument.Parse(RecordingLines.Of(new RecordingReader(Recordings.Find(Drives)!)).ElementAt(1)).RootElement;
        Assert.Equal("seen", listed.GetProperty("kind").GetString());
        Assert.All(
            typeof(Observation).GetProperties().Where(property => property.GetValue(read[0]) is not null),
            property => Assert.True(listed.TryGetProperty(JsonNamingPolicy.CamelCase.ConvertName(property.Name), out _), property.Name));
    }

    [Fact]
    public void Before_anything_is_allowed_nothing_is_recorded_and_that_is_said()
    {
        var drive = Drive.Of("190s blinking speed 80").ToList();
        drive.Insert(1000, new(drive[1000].At, Allowed: Modalities.All));
        RecordedVehicle.Judge(
            drive.Prepend(new(default, Allowed: Modalities.None)),
            Drives,
            Live,
            header: RecordedVehicle.Header with
            {
                Allowed = Modalities.None,
            }
        );

        var items = new RecordingReader(Recordings.Find(Drives)!).Read().ToList();
        var gap = Assert.Single(items.OfType<RecordingItem.Gap>());
        Assert.Equal(new RecordingItem.Gap(GapReason.NotAllowed, 1001), gap);
        Assert.Equal(drive.Count - 1000, items.OfType<RecordingItem.Seen>().Count());
        var verdict = RecordedVehicle.Replay(Drives, Again);
        Assert.Equal(1001, verdict.Withheld);
        Assert.Contains("before the driver allowed anything", verdict.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_fails_costs_a_gap_and_nothing_else()
    {
        File.WriteAllText(Drives, "a file where the folder should be");
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var pipeline = new MonitorPipeline(new MonitorSettings());
        using (
            var recorder = new Recorder(
                new RecordingSettings { Folder = Drives },
                RecordedVehicle.Header,
                time,
                NullLogger<Recorder>.Instance,
                waits: true))
        {
            var drive = Drive.Of("100s blinking speed 80").ToList();
            foreach (var seen in drive.Take(1000)) recorder.Emit(seen, pipeline.Step(seen));
            File.Delete(Drives);
            time.Advance(TimeSpan.FromSeconds(6));
            foreach (var seen in drive.Skip(1000)) recorder.Emit(seen, pipeline.Step(seen));
        }

        var items = new RecordingReader(Recordings.Find(Drives)!).Read().ToList();
        var gap = Assert.IsType<RecordingItem.Gap>(items[0]);
        Assert.Equal(2000, gap.Observations + items.OfType<RecordingItem.Seen>().Count());
        Assert.InRange(gap.Observations, 700, 1999);
    }

    [Fact]
    public void Old_parts_go_when_there_is_no_room_and_a_replay_says_that_the_beginning_is_gone()
    {
        var hour = Drive.Of("4500s blinking speed 80 heart 68 smile 0.1", 30);
        RecordedVehicle.Judge(hour, Drives, Live, megabytes: 16);

        var parts = Directory.GetFiles(Drives);
        Assert.InRange(parts.Sum(part => new FileInfo(part).Length), 12 << 20, 16 << 20);
        Assert.All(parts, part => Assert.InRange(new FileInfo(part).Length, 1000, (2 << 20) + 65_000));
        var verdict = RecordedVehicle.Replay(Drives, Again);
        Assert.True(verdict.BeginsLater);
        Assert.Contains("beginning of the drive is gone", verdict.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_the_power_cut_off_in_its_first_moment_spoils_no_other()
    {
        RecordedVehicle.Judge(Drive.Of("90s blinking speed 80"), Drives, Live);
        var part = Assert.Single(Directory.GetFiles(Drives));
        File.WriteAllBytes(part.Replace(".0001.", ".0002.", StringComparison.Ordinal), File.ReadAllBytes(part)[..20]);

        var drive = Assert.Single(DriveOnDisk.In(Drives));
        Assert.Equal(2, drive.Parts.Count);
        Assert.InRange(drive.Lasted.TotalSeconds, 89, 90);
        var verdict = RecordedVehicle.Replay(Drives, Again);
        Assert.Equal((true, 20), (verdict.IsIdentical, verdict.DamagedBytes));
        Assert.Equal(File.ReadAllText(Live), File.ReadAllText(Again));
    }

    [Fact]
    public void What_is_older_than_allowed_goes()
    {
        RecordedVehicle.Judge(Drive.Of("10s blinking"), Drives, Live);
        File.SetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(Drives)), DateTime.UtcNow - TimeSpan.FromDays(8));

        RecordedVehicle.Judge(Drive.Of("10s blinking"), Drives, Live);

        Assert.InRange(
            File.GetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(Drives))),
            DateTime.UtcNow - TimeSpan.FromDays(1),
            DateTime.MaxValue);
    }

    [Fact]
    public void Who_is_erased_is_erased_from_the_drive_under_way_too()
    {
        var pipeline = new MonitorPipeline(new MonitorSettings());
        using (var recorder = RecordedVehicle.Record(Drives))
        {
            var drive = Drive.Of("60s blinking").ToList();
            foreach (var seen in drive.Take(600))
                recorder.Emit(seen, pipeline.Step(seen));
            Assert.True(
                SpinWait.SpinUntil(
                    () => Directory.Exists(Drives) && Directory.GetFiles(Drives).Length == 1, TimeSpan.FromSeconds(60)));
            Assert.Equal(1, Recordings.Erase(new RecordingSettings { Folder = Drives }, RecordedVehicle.Header.Driver));
            foreach (var seen in drive.Skip(600)) recorder.Emit(seen, pipeline.Step(seen));
        }

        var left = new RecordingReader([Assert.Single(Directory.GetFiles(Drives))]);
        Assert.Equal((2, null), (left.Header.Part, left.Header.Profile));
    }

    [Fact]
    public void A_torn_end_is_cut_off_and_a_damaged_block_passed_over()
    {
        RecordedVehicle.Judge(Drive.Of("200s blinking speed 80"), Drives, Live);
        var part = Assert.Single(Directory.GetFiles(Drives));
        var whole = File.ReadAllBytes(part);

        for (var cut = 1; cut < 400; cut += 13)
        {
            File.WriteAllBytes(part, whole[..^cut]);
            var verdict = RecordedVehicle.Replay(Drives, Again);
            Assert.Equal((0, true), (verdict.Differing, verdict.DamagedBytes > 0));
            Assert.StartsWith(File.ReadAllText(Again), File.ReadAllText(Live), StringComparison.Ordinal);
        }

        whole[whole.Length / 2] ^= 1;
        File.WriteAllBytes(part, whole);
        Assert.InRange(RecordedVehicle.Replay(Drives, Again).DamagedBytes, 1, 65_536);
    }

    [Fact]
    public void Any_damage_is_read_without_a_fault()
    {
        RecordedVehicle.Judge(Drive.Of("20s blinking speed 80 heart 68"), Drives, Live);
        var part = Assert.Single(Directory.GetFiles(Drives));
        var whole = File.ReadAllBytes(part);
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var damaged = whole[..random.Next(1, whole.Length)];
            for (var hit = 0; hit < 5; hit++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(part, damaged);
            if (Record.Exception(() => new RecordingReader([part]).Read().Count()) is { } fault)
                Assert.IsType<RecordingException>(fault);
        }
    }

    [Fact]
    public void Once_warm_the_loop_allocates_nothing_for_it()
    {
        var drive = Drive.Of("120s open speed 80", 30).ToList();
        var pipeline = new MonitorPipeline(new MonitorSettings());
        using var recorder = RecordedVehicle.Record(Drives);
        var outcomes = drive.Select(seen => pipeline.Step(seen) with { Scores = null, Events = [] }).ToList();

        for (var warm = 0; warm < 30 && Run() > 0; warm++) { }

        // Handing a block over once a second may wake the writer, which costs a few objects.
        Assert.InRange(Run(), 0, 120 * 400);

        long Run()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < drive.Count; i++) recorder.Emit(drive[i], outcomes[i]);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    /// <summary>Properties that hold nothing, however deep.</summary>
    private static IEnumerable<string> Blank(object what, string path) =>
        what.GetType()
            .GetProperties()
            .Where(property => property.GetMethod is { IsStatic: false })
            .SelectMany(property =>
                property.GetValue(what) is not { } value
                || value.Equals(property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null)
                    ? [$"{path}.{property.Name}"]
                : value.GetType().Namespace == typeof(Observation).Namespace && !value.GetType().IsEnum
                    ? Blank(value, $"{path}.{property.Name}")
                : []);

    private static Observation Plain(in Observation seen, Modalities allowed) => seen with
    {
        Heart = seen.Heart is { } heart && allowed.HasFlag(Modalities.Heart) ? heart with { RrMs = [] } : null,
        Skin = allowed.HasFlag(Modalities.Heart) ? seen.Skin : null,
    };
}
