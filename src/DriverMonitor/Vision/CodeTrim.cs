using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Vision;

/// <summary>Gives code back that was run once since, for the first page or the first scrape.</summary>
internal sealed class CodeTrim(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) ProgramCode.TryRelease();
    }
}
