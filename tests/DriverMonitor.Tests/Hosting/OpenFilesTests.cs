using System.Diagnostics;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Hosting;

/// <summary>The real program under a limit of open files.</summary>
public sealed class OpenFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("open-files").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(220)]
    [InlineData(511)]
    public async Task With_too_few_it_stops_with_one_line_that_says_what_to_do(int limit)
    {
        using var process = Start(limit, "check", "--config", Path.Combine(_folder, "none.json"));
        var errors = await ErrorsAsync(process);

        Assert.True(process.ExitCode == ExitCode.BadConfiguration, $"{process.ExitCode}: {errors}");
        Assert.Contains($"only {limit} files", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>The camera ends every second and is opened again, the page is full, nothing listens at the broker.</summary>
    [Fact]
    public async Task With_just_enough_it_outlives_a_full_page_and_a_camera_that_comes_and_goes()
    {
        var (port, settings) = (Loopback.FreePort(), Path.Combine(_folder, "settings.json"));
        await File.WriteAllTextAsync(settings, $$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Command", "Command": "ffmpeg", "Format": "I420Limited",
                            "Arguments": ["-v", "error", "-nostdin", "-re", "-f", "lavfi", "-t", "1", "-i", "testsrc=size=640x480:rate=15", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"] },
                "Web": { "Port": {{port}} }, "Profiles": { "Folder": "{{_folder}}/state", "Driver": "anna" }, "Outbox": { "Folder": "{{_folder}}/state" },
                "Recording": { "Folder": "{{_folder}}/drives" },
                "Mqtt": { "Brokers": ["127.0.0.1:1"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" } } }
            """);
        using var process = Start((int)OpenFiles.Needed, "run", "--config", settings);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(15) };
        await Eventually.Sees("the page", () => process.HasExited || Answers(client), withinSeconds: 60);

        var idle = Enumerable.Range(0, 100).Select(_ => new System.Net.Sockets.TcpClient()).ToList();
        foreach (var one in idle) await one.ConnectAsync("127.0.0.1", port);
        await Task.Delay(TimeSpan.FromSeconds(5)); // the camera comes and goes meanwhile
        Assert.True(process.HasExited || Answers(client), "The page does not answer.");
        idle.ForEach(one => one.Dispose());

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        var said = await output + await errors;
        Assert.True(process.ExitCode == 0, $"{process.ExitCode}: {said}");
        Assert.DoesNotContain("Too many open files", said, StringComparison.Ordinal);
    }

    private static bool Answers(HttpClient client)
    {
        try
        {
            using var answer = client.Send(new HttpRequestMessage(HttpMethod.Get, "/health/live"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static async Task<string> ErrorsAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var errors = await process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return errors;
    }

    /// <summary>The shell gives way to the program, so that signals reach it.</summary>
    private static Process Start(int limit, params string[] arguments) => Process.Start(new ProcessStartInfo(
        "bash", ["-c", $"ulimit -n {limit}; exec dotnet \"$@\"", "bash", Path.Combine(AppContext.BaseDirectory, "drivermonitor.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
