using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
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
        LoaderMemory.KeepSmall();
        var verbs = Verbs(buildService);
        if (args is ["help", .. var asked]) args = [.. asked, "--help"];
        // A verb that has verbs of its own, alone: whoever types it asks what there is.
        var line = verbs.Parse(args);
        if (IsAskingForVerbs(line)) line = verbs.Parse([.. args, "--help"]);
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

    /// <summary>The whole tree of commands, of which manual page and completions are written.</summary>
    public static RootCommand Verbs(Func<string, IHost> buildService)
    {
        var verbs = new RootCommand("Watches a driver's eyes, head and heart on the device, warns by buzzer, tells the fleet by MQTT.")
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
        verbs.Add(CompletionCommand.Make(() => verbs));
        HelpWithExitCodes.AddTo(verbs, ExitCode.Meanings);
        return verbs;
    }

    private static bool IsAskingForVerbs(ParseResult line) =>
        line.CommandResult.Command is { Action: null, Subcommands.Count: > 0 }
        && line is { UnmatchedTokens.Count: 0, Action: null or ParseErrorAction };

    /// <summary>What is wrong with the line and where to look it up; null if nothing is.</summary>
    internal static string? Mistake(ParseResult line)
    {
        var mistake = Misspelling.In(line) ?? ValueFault.In(line);
        if (mistake is null && line is { Errors: [var error, ..], Action: ParseErrorAction }) mistake = OneLine(error.Message);
        return mistake is null ? ArgumentFault.In(line) : $"{ShownText.Line(mistake)} Try 'drivermonitor {Path(line)}--help'.";
    }

    /// <summary>The library lists what an argument may be on lines of their own.</summary>
    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The verbs from the first to the last, each with a space behind it.</summary>
    private static string Path(ParseResult line)
    {
        var path = "";
        for (SymbolResult? at = line.CommandResult; at is CommandResult of && of.Command is not RootCommand; at = at.Parent)
            path = $"{of.Command.Name} {path}";
        return path;
    }

    private static int CodeOf(Exception fault) =>
        fault switch
        {
            ConfigurationException or OptionsValidationException or ModelException or BoardException => ExitCode.BadConfiguration,
            UsageException => ExitCode.BadUsage,
            OutputException => ExitCode.CannotWrite,
            FolderInUseException => ExitCode.FolderInUse,
            InputException
            or CameraException
            or HeartFileException
            or StrapException
            or VehicleFileException
            or RecordingException => ExitCode.InputUnreadable,
            OperationCanceledException => ExitCode.Interrupted,
            IOException or UnauthorizedAccessException when StandardOutput.IsClosed() => ExitCode.CannotWrite,
            IOException or UnauthorizedAccessException => OutputException.IsDiskFull(fault)
                ? ExitCode.CannotWrite
                : ExitCode.DeviceFailed,
            _ => CrashExit.CodeOf(fault),
        };

    private static string Words(Exception fault, int code) => code switch
    {
        ExitCode.Interrupted => "interrupted.",
        ExitCode.OurBug or ExitCode.OutOfMemory => CrashExit.Words(fault),
        ExitCode.CannotWrite when fault is not OutputException && StandardOutput.IsClosed() =>
            "Standard output is closed. Send it to a file, or to /dev/null.",
        ExitCode.CannotWrite when fault is not OutputException =>
            ShownText.Line($"{fault.Message.TrimEnd('.')}. Nothing was kept. Make room on that disk."),
        _ => ShownText.Line(fault.Message),
    };
}
