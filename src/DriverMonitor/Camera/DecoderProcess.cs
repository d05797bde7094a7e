using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using DriverMonitor.Hosting;

namespace DriverMonitor.Camera;

/// <summary>
/// <c>drivermonitor decode FETCH... -- DECODE...</c>: runs a program that fetches a stream and becomes another that decodes
/// it. The one that decodes has no network, cannot write a file, start a program or reach another one, and reads the first
/// one's output. What decodes a network camera's pictures is the largest reader in here of what a stranger may have made.
/// </summary>
internal static partial class DecoderProcess
{
    /// <summary>The word behind which the program does this and nothing else.</summary>
    public const string Verb = "decode";

    private const string Between = "--";
    private const int BrokenPipeSignal = 13, StandardInput = 0;

    /// <summary>The command that does it; the program itself, however it was started.</summary>
    public static (string Program, string[] Arguments) CommandOf(IEnumerable<string> fetch, IEnumerable<string> decode)
    {
        string[] rest = [Verb, .. fetch, Between, .. decode];
        return Path.GetFileName(Environment.ProcessPath) == "drivermonitor"
            ? (Environment.ProcessPath!, rest)
            : ("dotnet", [Path.Combine(AppContext.BaseDirectory, "drivermonitor.dll"), .. rest]);
    }

    /// <summary>Returns only if it could not begin.</summary>
    /// <param name="arguments">Without the verb.</param>
    public static int Run(string[] arguments)
    {
        var middle = Array.IndexOf(arguments, Between);
        if (middle < 1 || middle == arguments.Length - 1)
            return Refuse(ExitCode.BadUsage, "Usage: drivermonitor decode FETCH... -- DECODE...; the service calls it by itself.");
        var (fetch, decode) = (arguments[..middle], arguments[(middle + 1)..]);
        if (Find(decode[0]) is not { } program) return Refuse(ExitCode.InputUnreadable, $"{decode[0]} is not there. Install it.");
        try
        {
            // Whoever kills this process's group ends it too; so does its next write once nobody reads.
            using var fetcher = Process.Start(new ProcessStartInfo(fetch[0], fetch[1..]) { RedirectStandardOutput = true })!;
            var stream = ((PipeStream)fetcher.StandardOutput.BaseStream).SafePipeHandle;
            if (Duplicate(stream, StandardInput) < 0) return Refuse(ExitCode.DeviceFailed, "the stream cannot be handed on.");
            Become(program, decode);
            return Refuse(ExitCode.InputUnreadable, $"{program} does not start: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        catch (Win32Exception e)
        {
            return Refuse(ExitCode.InputUnreadable, $"{fetch[0]} does not start: {e.Message}");
        }
    }

    private static unsafe void Become(string program, string[] words)
    {
        // The runtime ignores it, and what is ignored stays so: a decoder must end when nobody reads its pictures.
        _ = Signal(BrokenPipeSignal, 0);
        // To be unconfined is better than not to watch; 'check' says which it is.
        _ = DecoderFiles.Apply(program);
        _ = DecoderFilter.Apply();
        var list = (nint*)NativeMemory.AllocZeroed((nuint)words.Length + 1, (nuint)sizeof(nint));
        for (var i = 0; i < words.Length; i++) list[i] = Marshal.StringToCoTaskMemUTF8(words[i]);
        _ = Execute(program, list);
    }

    private static string? Find(string program) =>
        program.Contains('/', StringComparison.Ordinal) ? (File.Exists(program) ? program : null)
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(':')
                .Select(folder => Path.Combine(folder, program))
                .FirstOrDefault(File.Exists);

    private static int Refuse(int code, string why)
    {
        Console.Error.WriteLine($"drivermonitor {Verb}: {why}");
        return code;
    }

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(SafeHandle from, int to);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Execute(string program, nint* arguments);
}
