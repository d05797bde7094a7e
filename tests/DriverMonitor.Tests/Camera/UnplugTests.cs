using System.Diagnostics;
using System.Globalization;
using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Gpio;
using DriverMonitor.Tests.Support;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Camera;

/// <summary>
/// A camera that is pulled out and put back again and again, heard by a judgement and a buzzer that run in real time.
/// </summary>
[Collection(nameof(Alone))]
public sealed class UnplugTests : IDisposable
{
    private static readonly int Times = LongForm.IsWanted ? 100 : 8;

    private readonly CommandScripts _scripts = new();

    public void Dispose() => _scripts.Dispose();

    [Fact]
    public void A_camera_pulled_out_is_missed_within_three_seconds_and_seen_within_five_of_its_return()
    {
        // A picture every 50 ms while the file "plugged" is there; without it the device is gone.
        Plug();
        using var camera = _scripts.Camera("""
            [ -e plugged ] || { echo 'No such device.' >&2; exit 1; }
            echo $$ >self
            while [ -e plugged ]; do head -c 4096 /dev/zero; sleep 0.05; done
            exit 1
            """);
        using var board = Board.Open(new(), TimeProvider.System);
        using var buzzer = new Buzzer(
            board, new(), alert => alert.Sound, new DedicatedThreadTimeProvider(), NullLogger<Buzzer>.Instance);
        using var feed = CameraFeed.Open(camera, TimeProvider.System);
        var pipeline = new MonitorPipeline(new MonitorSettings());
        var (missed, seen) = (new List<double>(), new List<double>());
        Drive(until: item => item.Frame is not null);
        var (files, memory) = (OpenFiles(), 0L);

        for (var round = 0; round < Times; round++)
        {
            Unplug();
            var ticks = board.Recording!.Edges.Count(edge => edge.High);
            missed.Add(Drive(until: _ => board.Recording.Edges.Count(edge => edge.High) > ticks));
            Plug();
            seen.Add(Drive(until: item => item.Frame is not null));
            if (round == Times / 5) (files, memory) = (OpenFiles(), Memory());
        }

        Assert.True(missed.Max() <= 3, $"missed after {Text(missed)} s");
        Assert.True(seen.Max() <= 5, $"seen again after {Text(seen)} s");
        // What tests before this one held may be closed a moment later.
        SpinWait.SpinUntil(() => OpenFiles() <= files + 1, TimeSpan.FromSeconds(30));
        Assert.True(OpenFiles() <= files + 1, $"{OpenFiles()} open files after {Times} losses, {files} early on");
        Assert.True(Memory() <= memory + 2_000_000, $"{Memory()} managed bytes after {Times} losses, {memory} early on");

        // The loop of the service without its networks: every picture shows nobody.
        double Drive(Func<FeedItem, bool> until)
        {
            var started = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(started).TotalSeconds is var waited)
            {
                Assert.True(waited < 30, $"waited {waited:0} s");
                var item = feed.Next(TimeSpan.FromMilliseconds(250), CancellationToken.None);
                var observation = new Observation(item.At, item.Frame is null ? FaceReading.NoFrame : FaceReading.NoFace);
                if (item.Frame is { } frame) feed.Return(frame);
                buzzer.Emit(observation, pipeline.Step(observation));
                if (until(item)) return waited;
            }

            return 0;
        }
    }

    [Fact]
    public async Task A_signal_to_our_whole_group_does_not_reach_the_camera()
    {
        using var camera = _scripts.Camera("ps -o sid= -p $$ >session 2>/dev/null || cut -d' ' -f6 /proc/$$/stat >session; head -c 4096 /dev/zero; exec sleep 60");
        camera.Open();
        using var frame = camera.NewFrame();
        Assert.True(camera.Read(frame, CancellationToken.None));

        await Eventually.Sees(
            "the command's session",
            () => File.Exists(_scripts.PathOf("session")) && File.ReadAllText(_scripts.PathOf("session")).Length > 1);
        var ours = File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ')[3];
        Assert.NotEqual(ours, File.ReadAllText(_scripts.PathOf("session")).Trim());
    }

    private void Plug() => File.WriteAllText(_scripts.PathOf("plugged"), "");

    /// <summary>Half a kill, half a quiet end: the file goes, and the process too.</summary>
    private void Unplug()
    {
        File.Delete(_scripts.PathOf("plugged"));
        using var kill = Process.Start("kill", ["-KILL", File.ReadAllText(_scripts.PathOf("self")).Trim()]);
        kill.WaitForExit();
    }

    private static int OpenFiles() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static string Text(List<double> seconds) =>
        string.Join(", ", seconds.Select(s => s.ToString("0.0", CultureInfo.InvariantCulture)));
}
