using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Data.Common;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using DriverMonitor.Cli;
using DriverMonitor.Files;
using DriverMonitor.Fleet.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DriverMonitor.Fleet.Commands;

/// <summary>Reads the command line, runs its verb, and turns whatever goes wrong into one line and an exit code.</summary>
internal static class CommandLine
{
    /// <param name="buildService">Builds the service from a settings file.</param>
    public static async Task<int> RunAsync(string[] args, Func<string, IHost> buildService)
    {
        var verbs = Verbs(buildService);
        var line = verbs.Parse(args);
        // A verb that has verbs of its own, alone: whoever types it asks what there is.
        if (IsAskingForVerbs(line)) line = verbs.Parse([.. args, "--help"]);
        if (Mistake(line) is { } mistake)
        {
            Console.Error.WriteLine($"drivermonitor-fleet: {mistake}");
            return ExitCode.BadUsage;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        try
        {
            return await line.InvokeAsync(
                new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
        }
#pragma warning disable CA1031 // our own bug, too: with the code that makes systemd start us again (unhandled: 134)
        catch (Exception e)
        {
            var code = CodeOf(e);
            Console.Error.WriteLine($"drivermonitor-fleet: {Words(e, code)}");
            return code;
        }
#pragma warning restore CA1031

        void Handle(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>The whole tree of commands, of which manual page and completions are written.</summary>
    internal static RootCommand Verbs(Func<string, IHost> buildService)
    {
        var verbs = new RootCommand(
            "Receives what a fleet's vehicles publish, stores every event exactly once, and tells the vehicles how far it has them.")
        {
            RunCommand.Make(buildService),
            DemoCommand.Make(buildService),
            SimulateCommand.Make(),
            BenchCommand.Make(),
            LoadCommand.Make(),
            MigrateCommand.Make(buildService),
            SetupCommand.Make(TimeProvider.System),
            CheckCommand.Make(buildService),
            ExportCommand.Make(buildService),
            EnrolCommand.Make(buildService),
            RevokeCommand.Make(buildService),
            TokenCommand.Make(buildService),
            AccountCommand.Make(buildService),
        };
        verbs.Add(CompletionCommand.Make(() => verbs));
        HelpWithExitCodes.AddTo(verbs, ExitCode.Meanings);
        return verbs;
    }

    private static bool IsAskingForVerbs(ParseResult line) =>
        line.CommandResult.Command is { Action: null, Subcommands.Count: > 0 } && line.UnmatchedTokens.Count == 0;

    /// <summary>What is wrong with these words; null if nothing is. Nothing is run.</summary>
    internal static string? MistakeIn(string[] args) => Mistake(Verbs(_ => throw new NotSupportedException()).Parse(args));

    /// <summary>What is wrong with the line and where to look it up; null if nothing is.</summary>
    private static string? Mistake(ParseResult line)
    {
        var mistake = Misspelling.In(line);
        if (mistake is null && line is { Errors: [var error, ..], Action: ParseErrorAction }) mistake = error.Message;
        return (mistake ?? ArgumentFault.In(line)) is { } fault
            ? $"{ShownText.Line(fault)} Try 'drivermonitor-fleet {Path(line)}--help'."
            : null;
    }

    /// <summary>The verbs from the first to the last, each with a space behind it.</summary>
    private static string Path(ParseResult line)
    {
        var path = "";
        for (SymbolResult? at = line.CommandResult; at is CommandResult of && of.Command is not RootCommand; at = at.Parent)
            path = $"{of.Command.Name} {path}";
        return path;
    }

    private static int CodeOf(Exception fault) => fault switch
    {
        ConfigurationException or OptionsValidationException => ExitCode.BadConfiguration,
        UsageException => ExitCode.BadUsage,
        OperationCanceledException => ExitCode.Interrupted,
        IOException or UnauthorizedAccessException or SocketException or TimeoutException or DbException
            or StoreUnavailableException => ExitCode.DeviceFailed,
        _ => ExitCode.OurBug,
    };

    private static string Words(Exception fault, int code) => code switch
    {
        ExitCode.Interrupted => "interrupted.",
        ExitCode.OurBug => $"this is a bug in the program, please report it: {fault}",
        _ => ShownText.Line(fault is OptionsValidationException many ? FirstOf(many) : fault.Message),
    };

    /// <summary>Without what the framework puts around our own words.</summary>
    private static string FirstOf(OptionsValidationException many)
    {
        const string Before = "with the error: '", After = "'.";
        var text = many.Failures.First();
        var begin = text.IndexOf(Before, StringComparison.Ordinal);
        return begin >= 0 && text.EndsWith(After, StringComparison.Ordinal)
            ? text[(begin + Before.Length)..^After.Length]
            : text;
    }
}
