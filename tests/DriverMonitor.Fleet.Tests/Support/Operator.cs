using System.Diagnostics;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>Somebody at a shell: runs one verb of the real program, or a tool, to its end.</summary>
internal static class Operator
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static Task<(int Code, string Output)> FleetAsync(params string[] arguments) =>
        RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "drivermonitor-fleet.dll"), .. arguments]);

    public static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Longest);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await errors);
    }
}
