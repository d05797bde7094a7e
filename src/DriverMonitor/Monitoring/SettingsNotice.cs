using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Monitoring;

/// <summary>
/// Says where keys of the settings file live now, once the service starts: a start that is refused has one line, the reason.
/// </summary>
internal sealed class SettingsNotice(string line) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Console.Error.WriteLine($"drivermonitor: {line}");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
