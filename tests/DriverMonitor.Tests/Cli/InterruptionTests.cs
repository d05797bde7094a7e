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

    /// <summary>While the networks load the service is not built yet, and nothing of it listens to signals.</summary>
    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task A_service_that_is_stopped_while_it_starts_ends(string signal)
    {
        using var process = TheProgram.Start("run", "--config", Settings());
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await Eventually.Sees("it starting", () => process.HasExited || IsAtWork(process));

        using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);

        Assert.True(process.ExitCode == ExitCode.Fine, $"{process.ExitCode}: {await output}{await errors}");
    }

    [Fact]
    public async Task A_check_that_is_broken_off_gives_no_verdict()
    {
        using var process = TheProgram.Start("check", "--config", Settings());
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains(" models ", StringComparison.Ordinal)) ;

        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);

        Assert.True(process.ExitCode == ExitCode.Interrupted, $"{process.ExitCode}: {rest}{await errors}");
        Assert.DoesNotContain(" broker ", rest, StringComparison.Ordinal);
    }

    /// <summary>A camera that gives nothing: its check takes seconds.</summary>
    private string Settings()
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, """
            { "DriverMonitor": { "Camera": { "Kind": "Command", "Command": "sleep", "Arguments": ["600"] },
                                 "Gpio": { "Board": "Virtual" }, "Web": { "Enabled": false } } }
            """);
        return file;
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
