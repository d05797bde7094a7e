using DriverMonitor.Configuration;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>
/// Adds what looks after the board itself: voltage, heat, and the line of a supply that says that power is gone.
/// </summary>
internal static class BoardRegistration
{
    public static void AddBoardWatch(this IHostApplicationBuilder builder)
    {
        builder.Services.AddPart(ServicePart.Devices, services => new BoardWatch(
            services.GetService<BoardHealth>() ?? new(), services.GetRequiredService<DeviceStates>(),
            services.GetRequiredService<TimeProvider>()).RunAsync);
        if (builder.AddSection<GpioSettings>("Gpio").PowerLostLine is null) return;
        builder.Services.AddPart(ServicePart.Devices, services =>
        {
            var time = services.GetRequiredService<TimeProvider>();
            // Without a board nobody can be asked; that is told already.
            if (services.GetRequiredService<OutputController>().PowerLost is not { } line)
                return stop => Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
            var supply = new PowerSupply(
                new(PowerLine.Holds), services.GetRequiredService<DeviceStates>().Of("power"),
                services.GetRequiredService<IHostApplicationLifetime>().StopApplication, time,
                services.GetRequiredService<ILogger<PowerSupply>>());
            return new PowerLine(line, isLost => supply.Update(isLost), time).RunAsync;
        });
    }
}
