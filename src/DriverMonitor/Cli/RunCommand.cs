using System.CommandLine;
using DriverMonitor.Camera;
using DriverMonitor.Core.Wire;
using DriverMonitor.Drivers;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Time;
using DriverMonitor.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Cli;

/// <summary><c>run</c>: the service, wired in the order data flows; stops cleanly on SIGTERM.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var command = new Command("run", "Watch the driver: the service.") { config };
        command.SetAction(line => Run(line.GetValue(config) ?? MonitorOptions.InstalledFile));
        return command;
    }

    private static int Run(string config)
    {
        using var host = Build(config, ServiceSettings.Load(config), new());
        host.Run();
        return Environment.ExitCode;
    }

    /// <summary>The whole service, not yet started.</summary>
    internal static IHost Build(string config, MonitorOptions settings, ServiceSeams seams)
    {
        var time = TimeProvider.System;
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(services => Supervise(services, time, seams.Inject));
        var heartbeat = new Liveness(time);
        SystemdWatchdog.Join(builder, heartbeat, time);
        if (seams.Log is not null) builder.Logging.ClearProviders().AddProvider(seams.Log);

        // What cannot work at all stops here, with one line; what may come back (camera, broker) is waited for, and
        // without a board the rest goes on.
        var reader = new FaceReader(settings.Vision, settings.Camera.Orientation, time);
        builder.Services.AddSingleton(_ => reader);
        Cameras.RequireFiles(settings.Camera, time);
        var origin = new WireOrigin(reader.Mesh.Model.Entry.Label, settings.JudgementHash());

        var clock = new ClockQuality(time, settings.Outbox.Place());
        var requests = new Requests();

        builder.Services.AddSingleton(services => new OutputController(
            settings.Gpio, requests, services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<WebRegistration>().AllowAim,
            services.GetRequiredService<Supervisor>(), seams.BuzzerTime));
        AddUplink(builder.Services, settings, origin, clock, time);
        builder.Services.AddPart(ServicePart.Clock, _ => clock.KeepAsync);
        builder.Services.AddFleetOrders(config, settings, clock, time);
        builder.Services.AddConsents(settings, requests, clock);

        Inputs.AddTo(builder.Services, settings, time);
        builder.Services.AddPage(settings, requests, clock, time);
        builder.Services.AddSingleton<IHostedService>(services =>
        {
            var drive = new LiveDrive(settings, origin, clock, requests, heartbeat, seams, services, time);
            return new ServiceTask(ServiceTask.OnItsOwnThread(drive.Run), services.GetRequiredService<IHostApplicationLifetime>());
        });
        return builder.Build();
    }

    private static void AddUplink(IServiceCollection services, MonitorOptions settings, WireOrigin origin, ClockQuality clock, TimeProvider time)
    {
        if (!Uplink.Wanted(settings.Mqtt)) return;
        // Null if it cannot be made: then nothing is sent, and the driver is warned all the same.
        services.AddSingleton(parts => parts.GetRequiredService<Supervisor>().Of(ServicePart.Link).Make(() => new Uplink(
            settings.Mqtt, origin, time, Random.Shared.NextDouble, parts.GetRequiredService<ILogger<MqttLink>>(),
            namesEmotions: settings.Discloses().NamesEmotions, settings.Outbox.Place(), clock,
            parts.GetRequiredService<ILogger<EventOutbox>>(), parts.GetRequiredService<Supervisor>().Of(ServicePart.Outbox)))!);
        services.AddPart(ServicePart.Link, parts => parts.GetRequiredService<Uplink>().Link.RunAsync);
    }

    private static Supervisor Supervise(IServiceProvider services, TimeProvider time, Action<ServicePart>? inject)
    {
        var supervisor = new Supervisor(time, services.GetRequiredService<ILogger<Supervisor>>(), inject);
        supervisor.Changed += state => services.GetService<Uplink>()?.Report(StatusOf(state.Condition), state.Part.Name());
        return supervisor;
    }

    private static string StatusOf(PartCondition condition) => condition switch
    {
        PartCondition.Well => "part_recovered",
        PartCondition.Failing => "part_failed",
        _ => "part_down",
    };
}
