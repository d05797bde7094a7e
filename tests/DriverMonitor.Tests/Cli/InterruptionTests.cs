using System.Diagnostics;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Cli;

/// <summary>Ctrl-C at commands that work for a while: 130, no verdict, no stack trace, however often it comes.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("interrupt").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The words are those after which the command is known to be at its work.
    [Theory]
    [InlineData("demo", "The page:", 1)]
    [InlineData("demo", "The page:", 2)]
    [InlineData("demo", "The page:", 5)]
    [InlineData("replay", "", 1)]
    [InlineData("replay", "", 2)]
    [InlineData("bench", "", 1)]
    [InlineData("bench", "", 2)]
    public async Task Interrupted_it_ends_with_130_and_no_trace(string command, string atWork, int times)
    {
        var report = Path.Combine(_folder, "report.html");
        using var process = TheProgram.Start(command switch
        {
            "demo" => ["demo"],
            "replay" => ["replay", Clip(), "--report", report],
            _ => ["bench", Clip(), "--passes", "50"],
        });
        var said = new List<string>();
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // Without words to wait for: it has loaded the networks and is busy.
        await Eventually.Sees(
            "it at work",
            () =>
                process.HasExited || (atWork.Length > 0 ? Said().Contains(atWork, StringComparison.Ordinal) : IsAtWork(process)),
            withinSeconds: 60);
        Assert.False(process.HasExited, $"It ended too early: {Said()}");

        for (var i = 0; i < times && !process.HasExited; i++)
        {
            using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        Assert.True(process.ExitCode == ExitCode.Interrupted, $"{process.ExitCode}: {Said()}");
        Assert.DoesNotContain("   at ", Said(), StringComparison.Ordinal);
        Assert.DoesNotContain("MISSED", Said(), StringComparison.Ordinal);
        Assert.False(File.Exists(report));

        void Keep(string? line)
        {
            lock (said) said.Add(line ?? "");
        }

        string Said()
        {
            lock (said) return string.Join('\n', said);
        }
    }

    private static bool IsAtWork(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/maps").Contains("onnxruntime", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Long enough to be met at work, at any speed.</summary>
    private string Clip()
    {
        var clip = Path.Combine(_folder, "long.mp4");
        using var ffmpeg = Process.Start(
            "ffmpeg",
            ["-v", "error", "-f", "lavfi", "-t", "600", "-i", "testsrc=size=320x240:rate=15", "-preset", "ultrafast", clip]);
        ffmpeg.WaitForExit();
        return clip;
    }
}
