using DriverMonitor.Configuration;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>Adds what hangs on the board: buzzer, lamps, relay, button.</summary>
internal static class OutputsRegistration
{
    /// <summary>The key of the clock that the buzzer plays by; without one it has timers of its own.</summary>
    public const string BuzzerTime = "buzzer";

    public static void AddOutputs(this IHostApplicationBuilder builder)
    {
        var settings = builder.AddSection<GpioSettings>("Gpio");
        builder.Services.AddSingleton(services => new OutputController(
            settings, services.GetRequiredService<Requests>(), services.GetRequiredService<ILoggerFactory>(),
            services.GetRequiredService<WebOutputs>().AllowAim, services.GetRequiredService<Supervisor>(),
            services.GetKeyedService<TimeProvider>(BuzzerTime)));
    }
}
