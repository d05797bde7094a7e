using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using DriverMonitor.Hosting;

namespace DriverMonitor.Camera;

/// <summary>
/// A command that writes pictures to its standard output. What it says on standard error is read while pictures are
/// waited for, so that it never blocks on it, and its last line tells why it ended. It is killed, with its own children,
/// on dispose; when we are killed, its next write finds the pipe closed and ends it.
/// </summary>
internal sealed partial class ChildProcess : IDisposable
{
    /// <summary>A camera may need seconds to start; one that ran and then gives nothing for this long hangs.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string Session = "setsid";

    private const int StopCheckMs = 100;

    private const int KillSignal = 9;

    /// <summary>Reads of one buffer that surely empty a full pipe.</summary>
    private const int ReadsToEmptyAPipe = 16;

    private readonly string _name;
    private readonly ChildUse _use;
    private readonly Process _process;
    private readonly ChildPipe _pictures;
    private readonly ChildPipe _errors;
    private readonly ChildErrorOutput _words;
    private readonly TimeProvider _time;
    private readonly int _id;
    private readonly Lock _gate = new();
    private bool _gaveBytes;
    private bool _disposed;
    private bool _isGone;

    private ChildProcess(string command, Process process, TimeProvider time, LineHeard? heard, ChildUse use)
    {
        _use = use;
        _name = Path.GetFileName(command);
        (_process, _id) = (process, process.Id);
        _time = time;
        _pictures = new(((PipeStream)process.StandardOutput.BaseStream).SafePipeHandle);
        _errors = new(((PipeStream)process.StandardError.BaseStream).SafePipeHandle);
        _words = new(heard);
        _pictures.Lengthen(use.PipeBytes);
    }

    /// <param name="use">What it is the command of; a camera's without.</param>
    /// <param name="called">What messages call it, where it runs behind another program.</param>
    /// <exception cref="CameraException">There is no such command.</exception>
    public static ChildProcess Start(
        string command, IEnumerable<string> arguments, TimeProvider time, LineHeard? heard = null, ChildUse? use = null,
        string? called = null)
    {
        use ??= ChildUse.Camera;
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // In a session of its own: a Ctrl+C, or a SIGTERM to our whole group, would end the camera before us, and the last
        // words of every stop would be that the camera is lost. setsid becomes the command; there is no process between.
        string[] line = IsInstalled(Session) && IsInstalled(command) ? [Session, command, .. arguments] : [command, .. arguments];
        // Behind another program its absence would look like a camera that is away.
        if (called is not null && !IsInstalled(called)) throw new CameraException(NotInstalled(use, called));
        start.FileName = line[0];
        foreach (var word in line[1..]) start.ArgumentList.Add(word);
        try
        {
            var process = Process.Start(start)!;
            // Some of these commands read keys; the terminal's are not meant for them.
            process.StandardInput.Close();
            return new(called ?? command, process, time, heard, use);
        }
        catch (Win32Exception e)
        {
            throw new CameraException(NotInstalled(use, command), e);
        }
    }

    private static string NotInstalled(ChildUse use, string command) =>
        $"The {use.Device} command {command} cannot be started. Is it installed and on the PATH?";

    /// <summary>Whether a program of this name is on the PATH, or of this path.</summary>
    public static bool IsInstalled(string command) =>
        command.Contains('/', StringComparison.Ordinal)
            ? File.Exists(command)
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(':')
                .Any(folder => File.Exists(Path.Combine(folder, command)));

    /// <summary>
    /// Waits until pictures' bytes can be read, and hears everything that was said before they were written. False when
    /// the command has ended.
    /// </summary>
    /// <exception cref="CameraException">The command runs but gives nothing.</exception>
    public bool Wait(CancellationToken stop)
    {
        var patience = _gaveBytes ? Patience : StartPatience;
        var waited = TimeSpan.Zero;
        while (!_pictures.Ended)
        {
            stop.ThrowIfCancellationRequested();
            if (waited > patience)
                throw new CameraException($"{_name} runs but gives no {_use.Gives} for {patience.TotalSeconds:0} s.");
            var began = _time.GetTimestamp();
            // Only pictures wake us: words come in many small pieces, and they can wait in their pipe for so long.
            var came = _pictures.Wait(StopCheckMs);
            ReadErrorOutput();
            if (came) return true;
            waited += _time.GetElapsedTime(began);
        }

        return false;
    }

    /// <summary>Waits for bytes and takes those that are there. 0 when the command has ended.</summary>
    /// <exception cref="CameraException">The command runs but gives nothing.</exception>
    public unsafe int ReadSome(nint into, int most, CancellationToken stop)
    {
        while (Wait(stop))
        {
            var got = _pictures.Read((byte*)into, most);
            if (got == 0) continue;
            _gaveBytes = true;
            return got;
        }

        return 0;
    }

    /// <summary>Fills the buffer. False if the command ended before it was full.</summary>
    /// <exception cref="CameraException">The command runs but gives nothing.</exception>
    public bool ReadAll(nint into, int count, CancellationToken stop)
    {
        while (count > 0)
        {
            var got = ReadSome(into, count, stop);
            if (got == 0) return false;
            into += got;
            count -= got;
        }

        return true;
    }

    /// <summary>How the command ended, in one line; <paramref name="words"/> stand in for its last line.</summary>
    public string Ending(string? words = null)
    {
        // The pipes close a moment before the exit.
        var exited = _process.WaitForExit(TimeSpan.FromSeconds(1));
        ReadErrorOutput();
        var how = exited ? $"ended (exit code {_process.ExitCode})" : "closed its output";
        words ??= _words.LastLine;
        if (words.Length == 0) return $"{_name} {how} and said nothing.";
        return char.IsPunctuation(words[^1]) ? $"{_name} {how}: {words}" : $"{_name} {how}: {words}.";
    }

    /// <summary>Waits for a command that writes no pictures; whether it ended with 0.</summary>
    public bool EndsWell(CancellationToken stop)
    {
        while (Wait(stop)) _pictures.Skip();
        return _process.WaitForExit(TimeSpan.FromSeconds(1)) && _process.ExitCode == 0;
    }

    /// <summary>
    /// Kills the command and whatever runs in its session's group; from any thread, and at once: to walk the tree of processes
    /// takes a busy machine hundreds of milliseconds.
    /// </summary>
    public void Kill()
    {
        lock (_gate)
        {
            // Its number belongs to it until it was waited for.
            if (!_isGone && Kill(-_id, KillSignal) != 0) _ = Kill(_id, KillSignal);
        }
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Kill();
        _process.Kill(entireProcessTree: true);
        // A camera is free for the next one only when its last user is gone.
        _process.WaitForExit(TimeSpan.FromSeconds(2));
        lock (_gate) _isGone = true;
        // The runtime leaves pipes that were handed out to the collector, which comes seldom to a loop that allocates nothing.
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
    }

    /// <summary>
    /// Takes what was said until now; a command that never stops talking must not keep us from pictures and stop.
    /// </summary>
    private void ReadErrorOutput()
    {
        for (var i = 0; i < ReadsToEmptyAPipe && _errors.Wait(0); i++) _words.ReadFrom(_errors);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
