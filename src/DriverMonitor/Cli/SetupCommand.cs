using System.CommandLine;
using DriverMonitor.Camera;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Setup;

namespace DriverMonitor.Cli;

/// <summary><c>setup</c>: asks what only the installer knows and writes the settings; may be run again.</summary>
internal static class SetupCommand
{
    public static Command Make()
    {
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var enrol = new Option<string?>("--enrol") { Description = "Take what the fleet made for this vehicle; - reads it from standard input." };
        var yes = new Option<bool>("--yes") { Description = "With --enrol: replace an earlier enrolment without asking." };
        var command = new Command("setup", "Answer a few questions; the settings are written from them.") { config, enrol, yes };
        command.SetAction(line =>
        {
            var settings = line.GetValue(config) ?? MonitorOptions.InstalledFile;
            return line.GetValue(enrol) is { } file
                ? EnrolCommand.Run(file, settings, line.GetValue(yes), TimeProvider.System)
                : Run(settings);
        });
        return command;
    }

    private static int Run(string config)
    {
        config = Path.GetFullPath(config);
        var draft = new SettingsDraft(config);
        var now = File.Exists(config) ? MonitorOptions.Load(config) : new MonitorOptions();
        var dialogue = new Dialogue(Console.In, Console.Out);
        dialogue.Print("An empty answer keeps what stands in brackets.");

        var questions = new Questions(dialogue, draft, now);
        questions.AskCamera();
        questions.AskBoard();
        var credentials = Path.Combine(Path.GetDirectoryName(config)!, "credentials");
        questions.AskBroker(credentials);
        questions.AskPage(credentials);
        questions.AskSeat();
        draft.Save();
        // Another file than the service's own says nothing about the service.
        var isOther =
            config == MonitorOptions.InstalledFile
            && UnitDropIn.Jetson.Set(MonitorOptions.Load(config).Camera.Preset == CameraPreset.JetsonCsi);

        dialogue.Print($"""
            Written: {config}{(isOther ? "\nLet systemd know:     systemctl daemon-reload" : "")}
            Try every part:       systemctl stop drivermonitor; drivermonitor check
            Let it watch:         systemctl start drivermonitor
            """);
        return ExitCode.Fine;
    }
}
