using System.Diagnostics;
using DriverMonitor.Hosting;

namespace DriverMonitor.Tests.Support;

/// <summary>The real program in a process of its own.</summary>
internal static class TheProgram
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        RunAsync(Start(arguments), arguments);

    /// <summary>With these folders searched for programs before all others.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunWithAsync(string programs, params string[] arguments) =>
        RunAsync(Start(start => start.Environment["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}", arguments), arguments);

    public static Process Start(params string[] arguments) => Start(_ => { }, arguments);

    /// <summary>As systemd would start it: with variables in its environment.</summary>
    public static Process Start(IReadOnlyList<(string Name, string Value)> environment, params string[] arguments) => Start(
        start =>
        {
            foreach (var (name, value) in environment) start.Environment[name] = value;
        },
        arguments);

    private static Process Start(Action<ProcessStartInfo> change, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "drivermonitor.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        change(start);
        return Process.Start(start)!;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(Process started, string[] arguments)
    {
        using var process = started;
        using var patience = new CancellationTokenSource(Longest);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"drivermonitor {string.Join(' ', arguments)} did not end within {Longest}.");
        }

        return (process.ExitCode, await output, await errors);
    }
}
