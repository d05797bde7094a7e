using System.CommandLine;
using System.Runtime.InteropServices;
using DriverMonitor.Hosting;

namespace DriverMonitor.Cli;

/// <summary>
/// Ends a command by signal: asked once it stops where it is and puts away what it holds, asked twice it ends at once.
/// </summary>
internal static partial class Interruption
{
    public static async Task<int> RunAsync(ParseResult line)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        return await line.InvokeAsync(
            new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);

        void Handle(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (!stop.IsCancellationRequested) stop.Cancel();
            // An orderly exit would put the networks away under the thread that runs them, and crash now and then.
            else if (signal.Signal == PosixSignal.SIGINT) EndProcess(ExitCode.Interrupted);
        }
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void EndProcess(int code);
}
