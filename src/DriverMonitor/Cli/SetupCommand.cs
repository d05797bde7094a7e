using System.CommandLine;
using DriverMonitor.Camera;
using DriverMonitor.Devices;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Setup;
using Spectre.Console;
using DriverMonitor.Vehicle.Can;
using DriverMonitor.Voice;

namespace DriverMonitor.Cli;

/// <summary><c>setup</c>: asks what only the installer knows and writes the settings; may be run again.</summary>
internal static class SetupCommand
{
    public static Command Make()
    {
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var enrol = new Option<string?>("--enrol") { Description = "Take what the fleet made for this vehicle; - reads it from standard input." };
        var yes = new Option<bool>("--yes") { Description = "With --enrol: replace an earlier enrolment without asking." };
        var answers = new Option<string?>("--answers")
        {
            Description = "Take the answers from this file, a JSON object, and ask nothing; a wrong one changes nothing.",
        };
        var command = new Command("setup", "Answer a few questions; the settings are written from them.")
        {
            config, enrol, yes, answers,
        };
        command.SetAction((line, stop) =>
        {
            var settings = line.GetValue(config) ?? MonitorOptions.InstalledFile;
            if (line.GetValue(enrol) is not null && line.GetValue(answers) is not null)
                throw new UsageException("--enrol and --answers exclude each other: enrol first, then answer.");
            if (line.GetValue(yes) && line.GetValue(enrol) is null)
                throw new UsageException("--yes belongs to --enrol FILE. Setup without questions is --answers FILE.");
            return Task.FromResult(line.GetValue(enrol) is { } file
                ? EnrolCommand.Run(file, settings, line.GetValue(yes), TimeProvider.System)
                : Run(settings, line.GetValue(answers), stop));
        });
        return command;
    }

    private static int Run(string config, string? answers, CancellationToken stop)
    {
        config = Path.GetFullPath(config);
        var draft = new SettingsDraft(config);
        draft.RequireWritable();
        var now = File.Exists(config) ? MonitorOptions.Load(config) : new MonitorOptions();
        var file = answers is null ? null : new AnswerFile(answers, Console.Out);
        IDialogue dialogue = file is not null ? file
            : Console.IsInputRedirected || Console.IsOutputRedirected ? new LineDialogue(Console.In, Console.Out)
            : new TerminalDialogue(AnsiConsole.Console, stop);
        if (file is null) dialogue.Print("An empty answer keeps what stands in brackets.");

        try
        {
            Ask(dialogue, draft, now, Path.Combine(Path.GetDirectoryName(config)!, "credentials"), stop);
        }
        catch (OperationCanceledException)
        {
            dialogue.Print("Nothing was written.");
            throw;
        }

        file?.RequireAllUsed();
        draft.Save();
        // Another file than the service's own says nothing about the service.
        var isOther =
            config == MonitorOptions.InstalledFile
            && UnitDropIn.Jetson.Set(MonitorOptions.Load(config).Camera.Preset == CameraPreset.JetsonCsi);

        dialogue.Print($"""
            Written: {config}{(isOther ? "\nLet systemd know:     systemctl daemon-reload" : "")}
            Try every part:       systemctl stop drivermonitor; drivermonitor check
            Let it watch:         systemctl restart drivermonitor
            """);
        return ExitCode.Fine;
    }

    private static void Ask(
        IDialogue dialogue, SettingsDraft draft, MonitorOptions now, string credentials, CancellationToken stop)
    {
        var trials = new SetupTrials(dialogue, draft, TimeProvider.System, stop);
        var camera = new CameraQuestions(dialogue, draft, now);
        camera.AskCamera();
        trials.Camera();
        new BoardQuestions(dialogue, draft, now).Ask();
        trials.Buzzer();
        new FleetQuestions(dialogue, draft, now, credentials).Ask();
        trials.Broker();
        new PageQuestions(dialogue, draft, now, credentials).Ask();
        camera.AskSeat();
        var sources = new SourceQuestions(dialogue, draft, now);
        sources.AskStrap(dialogue.IsAttended ? () => HeartCommand.ScanNow(now.HeartRate.Bluetooth, stop) : null);
        sources.AskSpeed(trials.FindGpsd());
        var devices = new DeviceQuestions(dialogue, draft, now);
        devices.AskDevices(I2cScan.Find(I2cScan.Buses()));
        devices.AskBus(new CanLink().All());
        devices.AskMicrophone(MicrophoneScan.Find());
        trials.Sources();
        new LawQuestions(dialogue, draft).Ask();
    }
}
