using System.Diagnostics;
using DriverMonitor.Hosting;

namespace DriverMonitor.Tests.Support;

/// <summary>The real program while it runs: what it has said so far, and how it ends when it is told to.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly List<string> _lines = [];
    private readonly Process _process;

    private RunningProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Log
    {
        get
        {
            lock (_lines) return string.Join('\n', _lines);
        }
    }

    public bool HasExited => _process.HasExited;

    public static RunningProgram Start(params string[] arguments) => new(TheProgram.Start(arguments));

    /// <summary>As systemd would start it: with variables in its environment.</summary>
    public static RunningProgram StartAs(IReadOnlyList<(string Name, string Value)> environment, params string[] arguments) =>
        new(TheProgram.Start(environment, arguments));

    /// <summary>Waits until the log has these words; a program that ends instead has failed.</summary>
    public async Task Says(string words)
    {
        await Eventually.Sees(
            $"'{words}'", () => Log.Contains(words, StringComparison.Ordinal) || _process.HasExited, withinSeconds: 120);
        Assert.True(Log.Contains(words, StringComparison.Ordinal), Log);
    }

    /// <summary>Tells it to stop, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"])) await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>As the kernel would for want of memory: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await StopAsync();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_lines) _lines.Add(line.Data ?? "");
    }
}
