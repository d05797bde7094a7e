using System.Diagnostics;
using System.Globalization;

namespace DriverMonitor.Fleet.Simulation;

/// <summary>The vehicles of a bench: this program once more, sending.</summary>
internal sealed class BenchFleet : IAsyncDisposable
{
    public const string Tenant = "demo", Password = "bench";
    public const int Vehicles = 200;

    /// <summary>Of the command line that sends.</summary>
    public const string Verb = "load";

    private readonly Process _process;

    private BenchFleet(Process process) => _process = process;

    /// <summary>Returns when all are connected.</summary>
    /// <param name="round">Each has an epoch of its own: its events are new.</param>
    public static async Task<BenchFleet> StartAsync(int port, int events, int round, string password, CancellationToken stop)
    {
        var program = Environment.ProcessPath!;
        // Run by the shared host, the program is its first argument.
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        string[] arguments =
        [
            .. self, Verb, "--port", Text(port), "--vehicles", Text(Vehicles), "--events", Text(events / Vehicles),
            "--epoch", Text(Environment.ProcessId * 1_000L + round), .. password.Length > 0 ? (string[])["--password", password] : [],
        ];
        var fleet = new BenchFleet(Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
        if (await fleet._process.StandardOutput.ReadLineAsync(stop) != "ready")
            throw new IOException("The bench's vehicles did not connect.");
        return fleet;
    }

    /// <summary>Until every message was answered.</summary>
    /// <returns>Seconds.</returns>
    public async Task<double> SendAsync(CancellationToken stop)
    {
        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync(stop);
        var answer = (await _process.StandardOutput.ReadLineAsync(stop) ?? "").Split(' ');
        if (answer is not [var seconds, "0"]) throw new IOException("The bench's vehicles were refused.");
        return double.Parse(seconds, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
