using System.Diagnostics;
using DriverMonitor.Core.Signals;
using DriverMonitor.Recording;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Recording;

/// <summary>The service records a drive in front of a real camera's pictures; nothing of them is kept anywhere.</summary>
public sealed class RecordedServiceTests : IDisposable
{
    /// <summary>A picture of 24 by 24 grey points is 576 bytes, and no face in it can be told.</summary>
    private const int SmallestFace = 24 * 24;

    private readonly string _folder = Directory.CreateTempSubdirectory("service").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_drive_is_recorded_judged_again_alike_and_leaves_no_picture_behind()
    {
        await DriveUntilAnAlert();
        var drives = Path.Combine(_folder, "drives");

        var recording = new RecordingReader(Recordings.Find(drives)!);
        var seen = recording.Read().OfType<RecordingItem.Seen>().Count(item => item.Observation.Face is { Sight: not Sight.NoFrame });
        Assert.True(seen > 50, $"Only {seen} pictures were recorded.");
        Assert.Contains(recording.Header.Models, label => label.StartsWith("face-mesh@", StringComparison.Ordinal));

        var (exit, output, errors) = await TheProgram.RunAsync("replay", drives);
        Assert.True(exit == 0 && output.Contains("to the byte", StringComparison.Ordinal), output + errors);

        Assert.Empty(PictureBytes.In(_folder));
        Assert.InRange((Directory.GetFiles(drives, "*.recording").Sum(file => new FileInfo(file).Length) - recording.Header.ToJson().Length) / (double)seen, 1, SmallestFace);

        await PlantAndFind();
    }

    /// <summary>Who looks for pictures and never found one has to show that he could.</summary>
    private async Task PlantAndFind()
    {
        var part = Directory.GetFiles(Path.Combine(_folder, "drives"), "*.recording")[0];
        var portrait = Directory.GetFiles(Path.Combine(ModelStore.DefaultFolder(), "portrait"), "*.jpg").Concat(Directory.GetFiles(SourceTree.Path("tests", "DriverMonitor.Tests", "Vision", "Golden"), "*.jpg")).First();
        await using (var file = new FileStream(part, FileMode.Append)) await file.WriteAsync(await File.ReadAllBytesAsync(portrait));
        Assert.Single(PictureBytes.In(_folder));
    }

    private async Task DriveUntilAnAlert()
    {
        var settings = Path.Combine(_folder, "settings.json");
        await File.WriteAllTextAsync(settings, $$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" },
                "Profiles": { "Folder": "{{_folder}}/state" }, "Outbox": { "Folder": "{{_folder}}/state" },
                "Recording": { "Folder": "{{_folder}}/drives" } } }
            """);
        using var service = TheProgram.Start("run", "--config", settings);
        var log = new List<string>();
        service.OutputDataReceived += Keep;
        service.ErrorDataReceived += Keep;
        service.BeginOutputReadLine();
        service.BeginErrorReadLine();
        await Eventually.Sees("an alert", () => service.HasExited || Log().Contains("LongLookAway", StringComparison.Ordinal), withinSeconds: 120);
        using (var kill = Process.Start("kill", ["-TERM", $"{service.Id}"])) await kill.WaitForExitAsync();
        await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        Assert.True(service.ExitCode == 0, Log());
        await File.WriteAllTextAsync(Path.Combine(_folder, "service.log"), Log());

        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (log) log.Add(line.Data ?? "");
        }

        string Log()
        {
            lock (log) return string.Join('\n', log);
        }
    }
}
