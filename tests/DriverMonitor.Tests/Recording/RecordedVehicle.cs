using System.Globalization;
using DriverMonitor.Core;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Core.Wire;
using DriverMonitor.Hosting;
using DriverMonitor.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Recording;

/// <summary>A vehicle that judges a scripted drive, writes its events and records it.</summary>
internal static class RecordedVehicle
{
    public static readonly WireOrigin Origin = new("face-mesh@12345678", "0badcafe");

    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.FromHours(2));

    public static RecordingHeader Header { get; } =
        new()
        {
            Driver = "p:0123456789abcdef",
            StartedAt = Noon,
            Models = ["face-mesh@12345678"],
            Model = Origin.Model,
            Configuration = Origin.Configuration,
            Allowed = Modalities.All,
            Judgement = new MonitorSettings(),
            Profile = new DriverProfile { LeftEyeOpen = 0.1 + 0.2, RightEyeOpen = 1 / 3.0 },
        };

    /// <summary>
    /// Ten minutes with everything that may come: late, repeated and lost pictures, a strap that goes out of reach and whose
    /// packets come late, another driver, requests, words about sleep, a skin sensor, a clock that is set.
    /// </summary>
    public static IReadOnlyList<Observation> TenMinutes()
    {
        var drive = Drive.Of(
            "90s blinking speed 80 heart 68; 5s shut; 40s blinking; 7s yaw 45; 30s blinking chatter; 4s mouth 0.7; 60s drowsy; 20s noface strap gone; 30s sunglasses heart 72; 60s drowsy smile 0.2;"
            + "3s silence; 40s blinking scowl 0.8 angry 0.7; 12s covered; 30s blinking gaze 3 -2; 20s speed 0 noface; 20s track 7 blinking heart 75; 60s speed 95 blinking track 7; 2s shut track 7; 67s drowsy track 7 phone 0.2 steer 12", 15).ToList();
        var seen = new List<Observation>();
        for (var i = 0; i < drive.Count; i++)
        {
            var now = drive[i];
            if (i % 97 == 13) continue;
            if (i % 211 == 50 && seen.Count > 3) seen.Add(seen[^3]);
            if (i % 151 == 20) seen.Add(now);
            var isLate = now.Heart is not null && i % 7 == 3;
            seen.Add(
                now with
                {
                    Heart = isLate ? null : now.Heart,
                    Wall = new(Noon + now.At + TimeSpan.FromHours(i > 5000 ? 7 : 0), Trusted: i > 300),
                }
            );
            if (i > 60 && drive[i - 60] is { Heart: { } late } && (i - 60) % 7 == 3)
                seen.Add(new(drive[i - 60].At, Heart: late));
            if (i % 30 == 0)
                seen.Add(new(now.At, Skin: new(3 + Math.Sin(i), i % 60 == 0 ? 31.5 : null, "skin-1")));
        }

        Add(seen, 10, at => new(at, Sleep: new(TimeSpan.FromHours(15), TimeSpan.FromHours(5))));
        Add(seen, 96, at => new(at, Acknowledged: true));
        Add(seen, 99, at => new(at, Disputed: true));
        var longLook = new AlertName("long_look_away", FirstLongLook(seen));
        Add(seen, 370, at => new(at, DisputedAlert: longLook));
        Add(seen, 380, at => new(at, Allowed: Modalities.Camera | Modalities.Stress));
        Add(seen, 420, at => new(at, Allowed: Modalities.All));
        return seen;
    }

    /// <summary>Judges a drive live: what was said lies in a file, and the drive in the folder.</summary>
    public static Recorder Judge(
        IEnumerable<Observation> drive, string folder, string events, int megabytes = 64, RecordingHeader? header = null)
    {
        header ??= Header;
        var pipeline = new MonitorPipeline(header.Judgement, profile: header.Profile);
        using var file = new EventFile(File.Create(events), Origin);
        using var recorder = Record(folder, megabytes, header);
        var sinks = new FanOut([file, recorder], NullLogger.Instance);
        foreach (var seen in drive) sinks.Emit(seen, pipeline.Step(seen));
        Assert.Equal(0, sinks.Failures);
        return recorder;
    }

    public static Recorder Record(string folder, int megabytes = 64, RecordingHeader? header = null) =>
        new(
            new RecordingSettings { Folder = folder, MaxMegabytes = megabytes },
            header ?? Header,
            TimeProvider.System,
            NullLogger<Recorder>.Instance,
            waits: true);

    public static ReplayVerdict Replay(string input, string events)
    {
        var recording = new RecordingReader(Recordings.Find(input)!);
        using var file = new EventFile(File.Create(events), recording.Header.Origin);
        return new RecordingReplay(recording).Run(
            new MonitorPipeline(recording.Header.Judgement, profile: recording.Header.Profile), file, CancellationToken.None);
    }

    /// <summary>
    /// Drives the ten minutes again and again, a minute in each second, until it is killed; says how far it is.
    /// </summary>
    public static int DriveWithoutEnd(string folder, string events)
    {
        var pipeline = new MonitorPipeline(Header.Judgement, profile: Header.Profile);
        using var recorder = Record(folder);
        using var file = new EventFile(File.Create(events), Origin);
        var second = TimeSpan.Zero;
        foreach (var seen in TenMinutes())
        {
            var outcome = pipeline.Step(seen);
            file.Emit(seen, outcome);
            recorder.Emit(seen, outcome);
            if (outcome.At - second < TimeSpan.FromSeconds(1)) continue;
            second = outcome.At;
            Console.WriteLine(second.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture));
            Thread.Sleep(16);
        }

        return 0;
    }

    private static TimeSpan FirstLongLook(List<Observation> seen)
    {
        var pipeline = new MonitorPipeline(Header.Judgement, profile: Header.Profile);
        return seen.SelectMany(one => pipeline.Step(one).Events)
            .OfType<MonitorEvent.Alert>()
            .First(alert => alert.Rule == AlertRule.LongLookAway)
            .At;
    }

    private static void Add(List<Observation> seen, int second, Func<TimeSpan, Observation> what)
    {
        var place = seen.FindIndex(one => one.At >= TimeSpan.FromSeconds(second));
        seen.Insert(place, what(seen[place].At));
    }
}
