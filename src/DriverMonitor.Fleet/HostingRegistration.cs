using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Fleet;

/// <summary>The clock, the log, and systemd.</summary>
internal static class HostingRegistration
{
    public static void AddHosting(this IHostApplicationBuilder builder)
    {
        var systemd = new SystemdNotifier();
        builder.Services.AddSingleton(TimeProvider.System);
        if (systemd.IsEnabled) builder.Services.AddHostedService(_ => new SystemdReadiness(systemd));
        AddLog(builder.Logging, builder, systemd.IsEnabled);
    }

    /// <param name="hasPriorities">Where systemd reads the lines, it wants their level, and has a clock of its own.</param>
    private static void AddLog(ILoggingBuilder log, IHostApplicationBuilder builder, bool hasPriorities)
    {
        log.AddConfiguration(builder.Configuration.GetSection("Logging"));
        // A start that fails is told in one line by the command itself; a part that fails later is critical.
        log.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        log.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        if (hasPriorities) log.AddSystemdConsole();
        else
            log.AddSimpleConsole(line =>
            {
                line.SingleLine = true;
                line.TimestampFormat = "HH:mm:ss ";
            });
    }
}
