using System.Runtime.InteropServices;

namespace DriverMonitor.Vision;

/// <summary>Runs one look at a time with less priority than the pictures. Results are handed over by value.</summary>
internal sealed partial class TorsoThread : IDisposable
{
    private const int Nice = 10, ThisThread = 0;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _asked = new(0);
    private readonly Thread _thread;
    private TorsoLook? _look;
    private TorsoReading _read;
    private volatile bool _isDone, _isOver;

    public TorsoThread()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "torso" };
        _thread.Start();
    }

    /// <summary>Only when the last one was taken.</summary>
    public void Begin(TorsoLook look)
    {
        _look = look;
        _asked.Release();
    }

    /// <summary>What was found; null while it still looks.</summary>
    public TorsoReading? Take()
    {
        if (!_isDone) return null;
        _isDone = false;
        return _read;
    }

    /// <summary>A network does not come back: what it uses must be left alone.</summary>
    public bool IsStuck { get; private set; }

    public void Dispose()
    {
        _isOver = true;
        _asked.Release();
        IsStuck = !_thread.Join(Patience);
        if (!IsStuck) _asked.Dispose();
    }

    private void Work()
    {
        // Linux knows the priority of each thread, though .NET does not set it. Where it may not be lowered, it is as it was.
        _ = SetPriority(0, ThisThread, Nice);
        while (true)
        {
            _asked.Wait();
            if (_isOver) return;
            if (_look!.Model is null) Load(_look);
            else _read = _look.Run();
            _isDone = true;
        }
    }

    private void Load(TorsoLook look)
    {
        LoaderMemory.KeepSmall();
        _read = look.Run();
        LoaderMemory.Release();
        LoaderMemory.KeepWarm();
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
