using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Fleet;

/// <summary>The clock, the log, and systemd.</summary>
internal static class HostingRegistration
{
    public static void AddHosting(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSystemd();
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(line =>
        {
            line.SingleLine = true;
            line.TimestampFormat = "HH:mm:ss ";
        });
    }
}
