using System.Diagnostics;
using DriverMonitor.Camera;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Web;

/// <summary>The real service with a driver who falls asleep every ten seconds, an embedded broker, and its page.</summary>
internal sealed class CabService : IAsyncDisposable
{
    private readonly List<string> _lines = [];
    private readonly Process _process;

    private CabService(string folder, int port, Process process)
    {
        (Folder, Address, _process) = (folder, $"http://127.0.0.1:{port}", process);
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it keeps everything it keeps.</summary>
    public string Folder { get; }

    public string Address { get; }

    public int ProcessId => _process.Id;

    public string Log
    {
        get
        {
            lock (_lines) return string.Join('\n', _lines);
        }
    }

    /// <param name="more">More sections, each with a comma before it; STATE stands for <see cref="Folder"/>.</param>
    public static async Task<CabService> StartAsync(string clip, string more = "")
    {
        var folder = Directory.CreateTempSubdirectory("cab").FullName;
        var port = Loopback.FreePort();
        var settings = Path.Combine(Directory.CreateTempSubdirectory("cab-settings").FullName, "settings.json");
        await File.WriteAllTextAsync(settings, $$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Command", "Command": "ffmpeg", "Format": "I420Limited",
                            "Arguments": ["-v", "error", "-nostdin", "-re", "-stream_loop", "-1", "-i", "{{clip}}", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"] },
                "Profiles": { "Folder": "{{folder}}", "Driver": "anna" },
                "Fleet": { "Folder": "{{folder}}" },
                "Outbox": { "Folder": "{{folder}}" },
                "Web": { "Port": {{port}} }{{more.Replace("STATE", folder, StringComparison.Ordinal)}} } }
            """);
        var service = new CabService(folder, port, TheProgram.Start("run", "--config", settings));
        using var client = new HttpClient { BaseAddress = new Uri(service.Address) };
        await Eventually.Sees($"the page\n{service.Log}", () => service._process.HasExited || Answers(client), withinSeconds: 90);
        Assert.False(service._process.HasExited, service.Log);
        return service;
    }

    /// <summary>A clip that shows a driver who falls asleep for 3.4 s, again and again.</summary>
    public static string MakeClip()
    {
        var clip = Path.Combine(Directory.CreateTempSubdirectory("cab-clip").FullName, "sleepy.mp4");
        PortraitClip.Make(PortraitScript.Sleepy(times: 1), clip);
        return clip;
    }

    /// <summary>Tells it to stop, and waits until it has.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited) return;
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"])) await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Answers(HttpClient client)
    {
        try
        {
            using var answer = client.Send(new HttpRequestMessage(HttpMethod.Get, "/health/live"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_lines) _lines.Add(line.Data ?? "");
    }
}
