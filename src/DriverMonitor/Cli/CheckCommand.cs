using System.CommandLine;
using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Devices;
using DriverMonitor.Drivers;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Telemetry;
using DriverMonitor.Time;
using DriverMonitor.Vision;
using DriverMonitor.Voice;
using DriverMonitor.Web;

namespace DriverMonitor.Cli;

/// <summary>
/// <c>check</c>: tries every part in turn, a line each with what to do; not zero if the service could not do its work.
/// </summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var command = new Command("check", "Try every part, a line each.") { config };
        command.SetAction((line, stop) => Run(line.GetValue(config) ?? MonitorOptions.InstalledFile, stop));
        return command;
    }

    private static async Task<int> Run(string config, CancellationToken stop)
    {
        var time = TimeProvider.System;
        var loaded = MonitorOptions.Read(config);
        if (loaded.Notice is { } notice) Console.Error.WriteLine($"drivermonitor: {notice}");
        var settings = loaded.Settings;
        var allFine = Print(new("configuration", Ok: true, $"{config}, judgement {settings.JudgementHash()}"));
        var modelsFine = Print(ModelProbe.Check(settings.Vision));
        allFine &= modelsFine;
        allFine &= Print(TorsoProbe.Check(settings.Vision));
        var clock = new ClockQuality(time, settings.Outbox.Place());
        var allowed = ConsentProbe.Allowed(settings.Profiles, settings.Privacy, clock.TrustedNow);
        allFine &= Print(
            (allowed & Modalities.Camera) != 0
                ? CameraProbe.Check(settings.Camera, AdviceOn, time, stop)
                : new(
                    "camera",
                    Ok: true,
                    $"not tried: {settings.Profiles.Driver} has not allowed it, so fatigue and distraction are not judged"));
        foreach (var line in await InputChecks.LinesAsync(settings, time, stop))
            allFine &= Print(line);
        if (settings.Voice.Enabled)
            allFine &= Print(VoiceProbe.Check(
                settings.Voice, settings.Vision, settings.Profiles.Driver, (allowed & Modalities.Voice) != 0, time, stop));
        allFine &= Print(GpioProbe.Check(settings.Gpio, time));
        if (BoardProbe.Check(new()) is { } board) allFine &= Print(board);
        foreach (var line in await DeviceProbe.CheckAsync(settings.Devices, clock, time, stop)) allFine &= Print(line);
        allFine &= Print(OutboxProbe.Check(settings.Outbox));
        allFine &= Print(ConsentProbe.Check(settings.Profiles, settings.Privacy, clock.TrustedNow));
        allFine &= Print(ClockCheck.Line(clock));
        allFine &= Print(PartsReport.Check(settings.Outbox.Place() ?? ServiceFolders.InstalledState));
        allFine &= Print(CommandProbe.Check(settings.Fleet, time));
        allFine &= Print(PageProbe.Check(settings.Web, time));
        var maySend = settings.Discloses().To(Audience.Collector) != Disclosure.None;
        if (await PageProbe.CheckCollectorAsync(settings.Web, time, stop, maySend) is { } collector) allFine &= Print(collector);
        foreach (var line in await BrokerProbe.CheckAsync(settings.Mqtt, time, stop))
            allFine &= Print(line);
        return !modelsFine ? ExitCode.BadConfiguration
            : allFine ? ExitCode.Fine
            : ExitCode.Failed;

        bool Print(CheckLine line)
        {
            // A probe that was broken off has found nothing.
            stop.ThrowIfCancellationRequested();
            Console.WriteLine(line);
            return line.Ok;
        }

        string AdviceOn(Frame frame) => MountProbe.Advice(frame, settings.Camera.Orientation, settings.Vision);
    }
}
