using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using System.Net.Sockets;
using System.Runtime.InteropServices;
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
        var line = Verbs(buildService).Parse(args);
        if (line.Errors.Count > 0 && line.Action is ParseErrorAction)
        {
            Console.Error.WriteLine(
                $"drivermonitor-fleet: {OneLine(line.Errors[0].Message)} Try 'drivermonitor-fleet --help'.");
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

    private static RootCommand Verbs(Func<string, IHost> buildService) =>
        new("Receives what a fleet's vehicles publish, stores every event exactly once, and tells the vehicles how far it has them.")
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

    private static int CodeOf(Exception fault) => fault switch
    {
        ConfigurationException or OptionsValidationException => ExitCode.BadConfiguration,
        OperationCanceledException => ExitCode.Interrupted,
        IOException or UnauthorizedAccessException or SocketException or TimeoutException or DbException
            or StoreUnavailableException => ExitCode.DeviceFailed,
        _ => ExitCode.OurBug,
    };

    private static string Words(Exception fault, int code) => code switch
    {
        ExitCode.Interrupted => "interrupted.",
        ExitCode.OurBug => $"this is a bug in the program, please report it: {fault}",
        _ => OneLine(fault is OptionsValidationException many ? many.Failures.First() : fault.Message),
    };

    private static string OneLine(string text)
    {
        const int Longest = 400;
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= Longest ? line : line[..Longest];
    }
}
