using System.CommandLine;
using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Gpio;
using DriverMonitor.Host;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Commands;

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
        var settings = ServiceSettings.Load(config);
        var time = TimeProvider.System;
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var heartbeat = new Heartbeat(time);
        SystemdWatch.Join(builder, heartbeat, time);

        // What cannot work at all stops here, with one line; what may come back (camera, broker) is waited for, and
        // without a board the rest goes on.
        using var reader = new FaceReader(settings.Vision, settings.Camera.Orientation, time);
        Cameras.RequireFiles(settings.Camera, time);
        var origin = new WireOrigin(reader.Mesh.Model.Entry.Label, settings.JudgementHash());

        var clock = new ClockTrust(time, settings.Outbox.Place());
        var requests = new Requests();

        // AddHostedService would take two parts of one class for the same part and drop the second.
        builder.Services.AddSingleton(services => new Cab(
            settings.Gpio, requests, services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<PageWiring>().AllowAim));
        if (Uplink.Wanted(settings.Mqtt))
        {
            builder.Services.AddSingleton(services => new Uplink(
                settings.Mqtt, origin, time, Random.Shared.NextDouble, services.GetRequiredService<ILogger<MqttLink>>(),
                namesEmotions: settings.Discloses().NamesEmotions, settings.Outbox.Place(), clock,
                services.GetRequiredService<ILogger<EventOutbox>>()));
            builder.Services.AddSingleton<IHostedService>(services => new ServiceTask(
                services.GetRequiredService<Uplink>().Link.RunAsync, services.GetRequiredService<IHostApplicationLifetime>()));
        }

        builder.Services.AddSingleton<IHostedService>(services => new ServiceTask(
            clock.KeepAsync, services.GetRequiredService<IHostApplicationLifetime>()));
        builder.Services.AddFleetOrders(config, settings, clock, time);
        builder.Services.AddConsents(settings, requests, clock);

        Inputs.AddTo(builder.Services, settings, time);
        builder.Services.AddPage(settings, requests, clock, time);

        builder.Services.AddSingleton<IHostedService>(services =>
        {
            var log = services.GetRequiredService<ILoggerFactory>();
            var page = services.GetRequiredService<PageWiring>();
            var cab = services.GetRequiredService<Cab>();
            var sinks = new List<IEventSink> { cab.Buzzer, new LogSink(log.CreateLogger<LogSink>(), () => LogSink.ProcessAge(time), settings.Discloses()), heartbeat };
            if (services.GetService<Uplink>() is { } uplink) sinks.Add(uplink.Sink);
            sinks.AddRange(page.Sinks);
            var consents = services.GetRequiredService<ConsentWatch>();
            consents.Look();
            var inputs = services.GetRequiredService<Inputs>();
            var store = new ProfileStore(settings.Profiles, log.CreateLogger<ProfileStore>());
            var profile = store.Load();
            var pipeline = new MonitorPipeline(settings.Judgement, profile: profile);
            return new ServiceTask(ServiceTask.OnItsOwnThread(Watch), services.GetRequiredService<IHostApplicationLifetime>());

            void Watch(CancellationToken stop)
            {
                using var strap = inputs.Heart as IDisposable;
                using var memory = new ProfileSink(pipeline, store);
                using var recorder = RecordedDrive.Record(settings, origin, profile, consents.Allowed, time, log);
                if (recorder is not null) sinks.Add(recorder);
                using var trips = services.GetService<Uplink>()?.Sink;
                var everyone = new FanOut([.. sinks, memory], log.CreateLogger<FanOut>());
                cab.ReportTo(everyone);
                using var feed = CameraFeed.Open(
                    Cameras.Open(settings.Camera, time), time, log.CreateLogger<CameraFeed>(), cab.CaptureLamp.TrySet,
                    isPermitted: (consents.Allowed & Modalities.Camera) != 0);
                consents.Follow(allowed => feed.Permit((allowed & Modalities.Camera) != 0));
                page.Follow(feed, reader);
                cab.Buzzer.Sounded += page.Instruments.Stages.Sound;
                new MonitorLoop(
                    feed, reader, inputs.Heart, inputs.Vehicle, pipeline, everyone, Wall, requests, inputs.Skin,
                    new CameraSleep(settings.Vehicle.IgnitionSleepAfter), page.Aim, page.Instruments.Stages).Run(stop);
            }
        });

        WallClock Wall() => new(time.GetLocalNow(), clock.IsTrusted);

        using var host = builder.Build();
        host.Run();
        return Environment.ExitCode;
    }
}
