using Microsoft.Extensions.Logging;

namespace DriverMonitor.Drivers;

/// <summary>
/// The kernel's word that a consent file may have changed, within milliseconds also on a busy machine. It only hastens: where the
/// kernel has no watch left to give, whoever listens must look by itself.
/// </summary>
internal sealed partial class ConsentFileSignal(string? place, ILogger log) : IDisposable
{
    private readonly ILogger _log = log;
    private FileSystemWatcher? _folder;
    private bool _isRefused;
    private volatile bool _isLost;

    /// <summary>Raised on the runtime's own thread, which must not be held up.</summary>
    public event Action? Changed;

    /// <summary>Begins as soon as there is a folder, and anew where it was lost.</summary>
    public void TryBegin()
    {
        if (_isLost)
            End();
        if (_folder is not null || _isRefused || Path.GetDirectoryName(place) is not { } folder || !Directory.Exists(folder))
            return;
        try
        {
            _folder = Watch(folder, Path.GetFileName(place)!);
            Changed?.Invoke();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _isRefused = true;
            LogRefused(folder, e.Message.ReplaceLineEndings(" "));
        }
    }

    public void Dispose() => End();

    private FileSystemWatcher Watch(string folder, string name)
    {
        var watcher = new FileSystemWatcher(folder, name)
        {
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Attributes,
        };
        watcher.Changed += (_, _) => Changed?.Invoke();
        watcher.Created += (_, _) => Changed?.Invoke();
        watcher.Deleted += (_, _) => Changed?.Invoke();
        watcher.Renamed += (_, _) => Changed?.Invoke();
        watcher.Error += (_, _) =>
        {
            _isLost = true;
            Changed?.Invoke();
        };
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void End()
    {
        _isLost = false;
        _folder?.Dispose();
        _folder = null;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Changes in {Folder} are not signalled ({Why}); consents are looked at four times a second instead."
    )]
    private partial void LogRefused(string folder, string why);
}
