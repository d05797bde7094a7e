using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DriverMonitor.Hosting;

/// <summary>Makes a part fail on purpose by throwing: asked before each call of it, and again and again while it runs.</summary>
internal delegate void FaultInjector(ServicePart part);

/// <summary>Handles that a part failed, is left down, or is well again.</summary>
internal delegate void PartStateHandler(PartState state);

/// <summary>Adds what every part of the service stands on: clock, log, supervision, liveness and systemd.</summary>
internal static class HostingRegistration
{
    public static void AddHosting(this IHostApplicationBuilder builder)
    {
        AddLog(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Requests>();
        builder.Services.AddSingleton<Liveness>();
        builder.Services.AddSingleton<DeviceStates>();
        builder.Services.AddSingleton(Supervise);
        AddSystemd(builder.Services);
    }

    /// <summary>With systemd's levels where it reads the lines.</summary>
    private static void AddLog(IHostApplicationBuilder builder)
    {
        builder.Logging.AddPlainLines(hasPriorities: SystemdWatchdog.IsStartedBySystemd);
        // Who reads the lines may hang: the warning must not wait for that.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
    }

    private static Supervisor Supervise(IServiceProvider services)
    {
        var injector = services.GetService<FaultInjector>();
        var supervisor = new Supervisor(
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<Supervisor>>(),
            injector is null ? null : injector.Invoke);
        foreach (var handler in services.GetServices<PartStateHandler>()) supervisor.Changed += handler.Invoke;
        return supervisor;
    }

    /// <summary>Only where systemd listens. The framework's own AddSystemd would say "ready" before the camera is open.</summary>
    private static void AddSystemd(IServiceCollection services)
    {
        var notifier = new SystemdNotifier();
        if (!notifier.IsEnabled) return;
        services.AddHostedService(parts => new SystemdWatchdog(
            parts.GetRequiredService<Liveness>(), notifier, parts.GetRequiredService<Supervisor>().Of(ServicePart.Systemd),
            parts.GetRequiredService<TimeProvider>(), parts.GetRequiredService<ILogger<SystemdWatchdog>>()));
    }
}
