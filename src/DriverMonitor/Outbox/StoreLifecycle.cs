using Microsoft.Extensions.Logging;

namespace DriverMonitor.Outbox;

/// <summary>
/// Keeps a store at hand: opens it, sets a damaged one aside for a new one, does without while the disk fails, and tries again.
/// Says each change once.
/// </summary>
internal sealed partial class StoreLifecycle(
    string? folder,
    Acknowledgement acknowledge,
    OutboxLimits limits,
    PendingEvents pending,
    TimeProvider time,
    ILogger log
) : IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(1);

    /// <summary>How long a look at the free space holds good.</summary>
    private static readonly TimeSpan SpaceLook = TimeSpan.FromSeconds(10);

    private readonly ILogger _log = log;
    private StoreFolder? _folder;
    private ulong? _epoch;
    private long? _last;
    private TimeSpan _retry = FirstRetry;
    private long _failedAt;
    private bool _isFailing;
    private bool _isCounted;
    private long _free;
    private long? _lookedAt;

    /// <summary>Null while there is none that can be written.</summary>
    public OutboxStore? Store { get; private set; }

    /// <summary>The number of this start: 1 where it cannot be counted.</summary>
    public int Boot { get; private set; } = 1;

    /// <summary>Whether it is time to try the disk again.</summary>
    public bool IsDue => Store is null && folder is not null && time.GetElapsedTime(_failedAt) >= _retry;

    /// <summary>Opens the store, a new one if need be. Says what the fleet must hear about it.</summary>
    public IReadOnlyList<OutboxNotification> Open()
    {
        if (folder is null) return [];
        try
        {
            return [.. OpenOrReplace(), .. Recover()];
        }
        catch (StoreException e)
        {
            return Fail(e);
        }
    }

    /// <summary>A write went wrong: afterwards there is a store again, the same or a new one, or none.</summary>
    public IReadOnlyList<OutboxNotification> HandleFailure(StoreException trouble)
    {
        if (trouble.IsFull && GiveUpReserve()) return [];
        _last = Store?.Last ?? _last;
        Store?.Dispose();
        Store = null;
        if (!trouble.IsDamaged) return Fail(trouble);
        pending.Detach();
        try
        {
            return [Replace(trouble)];
        }
        catch (StoreException e)
        {
            return Fail(e);
        }
    }

    /// <summary>Whether the disk has room for events of this class.</summary>
    public bool Accepts(OutboxClass cls)
    {
        if (limits[cls].LeastFree == 0 || Store is null || _folder is null)
            return true;
        if (_lookedAt is not { } at || time.GetElapsedTime(at) > SpaceLook)
            (_free, _lookedAt) = (_folder.FreeBytes, time.GetTimestamp());
        return _free >= limits[cls].LeastFree;
    }

    public void Dispose()
    {
        Store?.Dispose();
        _folder?.Dispose();
    }

    private IReadOnlyList<OutboxNotification> OpenOrReplace()
    {
        try
        {
            OpenOnce();
            return [];
        }
        catch (StoreException e) when (e.IsDamaged)
        {
            return [Replace(e)];
        }
        catch (StoreException e) when (e.IsFull && GiveUpReserve())
        {
            OpenOnce();
            return [];
        }
    }

    private void OpenOnce()
    {
        _folder ??= StoreFolder.Take(folder!);
        if (!_isCounted) Boot = _folder.CountBoot();
        _isCounted = true;
        var store = OutboxStore.Open(_folder.Database, acknowledge, Boot);
        try
        {
            // A write that failed may be found in the log after all. Its events wait in memory, and nobody has seen its numbers.
            if (_epoch == store.Epoch && _last is { } last)
                store.ForgetAfter(last);
            pending.Attach(
                new StoreReader(_folder.Database), store.Tally, store.Last, isNew: _epoch is { } former && former != store.Epoch);
            _folder.KeepReserve(limits.Reserve);
        }
        catch
        {
            store.Dispose();
            throw;
        }

        (Store, _epoch) = (store, store.Epoch);
    }

    private OutboxNotification.Replaced Replace(StoreException trouble)
    {
        LogReplaced(folder!, trouble.Message);
        var former = _epoch;
        _folder!.SetAside();
        OpenOnce();
        return new(former);
    }

    private IReadOnlyList<OutboxNotification> Fail(StoreException trouble)
    {
        _failedAt = time.GetTimestamp();
        _retry = _isFailing && _retry * 2 < LastRetry ? _retry * 2 : _isFailing ? LastRetry : FirstRetry;
        if (_isFailing) return [];
        _isFailing = true;
        LogFailed(folder!, trouble.Message);
        return [new OutboxNotification.Failed(trouble.Message)];
    }

    private IReadOnlyList<OutboxNotification> Recover()
    {
        if (!_isFailing) return [];
        _isFailing = false;
        LogRecovered(folder!);
        return [new OutboxNotification.Recovered()];
    }

    private bool GiveUpReserve()
    {
        if (_folder is null || !_folder.GiveUpReserve()) return false;
        LogReserve(folder!);
        return true;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The outbox in {Folder} cannot be written: {Why}. Events wait in memory, and what waits is lost when the power goes. Check the disk; retrying."
    )]
    private partial void LogFailed(string folder, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox in {Folder} can be written again.")]
    private partial void LogRecovered(string folder);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The outbox in {Folder} is damaged ({Why}); it was set aside as queue.damaged and a new one begun."
    )]
    private partial void LogReplaced(string folder, string why);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The disk of {Folder} is full; the outbox gave up its reserve, so that alerts still find room."
    )]
    private partial void LogReserve(string folder);
}
