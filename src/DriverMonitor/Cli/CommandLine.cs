using System.CommandLine;
using System.CommandLine.Invocation;
using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Files;
using DriverMonitor.Gpio;
using DriverMonitor.HeartRate;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Hosting;
using DriverMonitor.Recording;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DriverMonitor.Cli;

/// <summary>Reads the command line, runs its verb, and turns whatever goes wrong into one line and an exit code.</summary>
internal static class CommandLine
{
    /// <param name="buildService">Builds the service from a settings file.</param>
    public static async Task<int> RunAsync(string[] args, Func<string, IHost> buildService)
    {
        var line = Verbs(buildService).Parse(args);
        if (Mistake(line) is { } mistake)
        {
            Console.Error.WriteLine($"drivermonitor: {mistake}");
            return ExitCode.BadUsage;
        }

        try
        {
            return await Interruption.RunAsync(line);
        }
#pragma warning disable CA1031 // our own bug, too: with the code that makes systemd start us again (unhandled: 134)
        catch (Exception e)
        {
            var code = CodeOf(e);
            Console.Error.WriteLine($"drivermonitor: {Words(e, code)}");
            return code;
        }
#pragma warning restore CA1031
    }

    private static RootCommand Verbs(Func<string, IHost> buildService) =>
        new("Watches a driver's eyes, head and heart on the device, warns by buzzer, tells the fleet by MQTT.")
        {
            RunCommand.Make(buildService),
            DemoCommand.Make(),
            ReplayCommand.Make(),
            CheckCommand.Make(),
            HeartCommand.Make(),
            CanCommand.Make(),
            QuietCommand.Make(),
            SetupCommand.Make(),
            BenchCommand.Make(),
            EvaluateCommand.Make(),
            ConsentCommand.Make(),
            PasswordCommand.Make(),
            RightsCommands.Export(),
            RightsCommands.Erase(),
            RightsCommands.Audit(),
            RecordingCommand.Make(),
        };

    private static string? Mistake(ParseResult line)
    {
        if (line.Errors.Count > 0 && line.Action is ParseErrorAction)
        {
            var mistake = line.UnmatchedTokens is [var unknown, ..]
                ? $"'{unknown}' is not understood here."
                : line.Errors[0].Message;
            return $"{ShownText.Line(mistake)} Try 'drivermonitor --help'.";
        }

        return ArgumentFault.In(line);
    }

    private static int CodeOf(Exception fault) =>
        fault switch
        {
            ConfigurationException or OptionsValidationException or ModelException or BoardException => ExitCode.BadConfiguration,
            UsageException => ExitCode.BadUsage,
            OutputException => ExitCode.CannotWrite,
            InputException
            or CameraException
            or HeartFileException
            or StrapException
            or VehicleFileException
            or RecordingException => ExitCode.InputUnreadable,
            OperationCanceledException => ExitCode.Interrupted,
            IOException or UnauthorizedAccessException => OutputException.IsDiskFull(fault)
                ? ExitCode.CannotWrite
                : ExitCode.DeviceFailed,
            _ => CrashExit.CodeOf(fault),
        };

    private static string Words(Exception fault, int code) => code switch
    {
        ExitCode.Interrupted => "interrupted.",
        ExitCode.OurBug or ExitCode.OutOfMemory => CrashExit.Words(fault),
        ExitCode.CannotWrite when fault is not OutputException =>
            ShownText.Line($"{fault.Message.TrimEnd('.')}. Nothing was kept. Make room on that disk."),
        _ => ShownText.Line(fault.Message),
    };
}
