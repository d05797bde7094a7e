using System.Globalization;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Outbox;

/// <summary>
/// What the outbox costs: a card wears out by what is written, and memory must not fill up while nobody listens.
/// </summary>
public sealed class CostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cost").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_durable_alert_writes_twelve_kilobytes_at_most()
    {
        // Enough for the write-ahead log to be written back several times; what that costs is part of it.
        var said = await RunAsync("write", _folder, "1500");
        var perAlert = int.Parse(said[^1].TrimStart('='), CultureInfo.InvariantCulture);
        Assert.InRange(perAlert, 4_096, 12 * 1024);
    }

    [Fact]
    public async Task Memory_stays_flat_while_three_weeks_of_alerts_wait()
    {
        var said = await RunAsync("offline", _folder, LongForm.IsWanted ? "20000" : "4000");
        var (early, late) = (
            long.Parse(said[0], CultureInfo.InvariantCulture), long.Parse(said[1], CultureInfo.InvariantCulture));
        // Events alone would be 2.4 MB and more.
        Assert.True(late - early < 500_000, $"{early} bytes grew to {late}.");
    }

    private static async Task<string[]> RunAsync(params string[] arguments)
    {
        using var vehicle = KillableVehicle.Start(arguments);
        var said = await vehicle.StandardOutput.ReadToEndAsync();
        await vehicle.WaitForExitAsync();
        Assert.True(vehicle.ExitCode == 0, await vehicle.StandardError.ReadToEndAsync());
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
