using System.Diagnostics;
using System.Text;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>The vehicle's own program in a process of its own.</summary>
internal sealed class VehicleProgram : IAsyncDisposable
{
    private readonly StringBuilder _log = new();
    private readonly Process _process;

    private VehicleProgram(Process process)
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
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>It was built beside the tests, in the same configuration.</summary>
    private static string File
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            return SourceTree.Path("src", "DriverMonitor", "bin", here.Parent!.Name, here.Name, "drivermonitor.dll");
        }
    }

    public static Task<(int Code, string Output)> DoAsync(params string[] arguments) =>
        Operator.RunAsync("dotnet", [File, .. arguments]);

    public static VehicleProgram Start(params string[] arguments) => new(Process.Start(
        new ProcessStartInfo("dotnet", [File, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!);

    /// <summary>SIGKILL, as a power cut would.</summary>
    public Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        return _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_log) _log.AppendLine(line.Data);
    }
}
