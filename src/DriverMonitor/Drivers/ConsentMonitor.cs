using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Drivers;

/// <summary>
/// Decides for the running service what may be judged: at the start, at once when the page or the file system says that something
/// changed, and by a look four times a second where nobody says so. What cannot be read changes nothing; before the first
/// answer nothing is allowed.
/// </summary>
/// <param name="trustedNow">The time of day; null where nobody vouches for it.</param>
internal sealed partial class ConsentMonitor(
    ConsentStore store, PrivacySettings settings, Requests requests, Func<DateTimeOffset?> trustedNow, ILogger log,
    DisclosurePolicy policy = default) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    /// <summary>What an employer's log may say: which sensors are used, not which emotions the driver lets be judged.</summary>
    private const Modalities Nameable = ~(Modalities.Stress | Modalities.Anger);

    private readonly ILogger _log = log;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _wake = new();
    private readonly Dictionary<Modalities, Consent> _withheld = [];
    private readonly ConsentFileSignal _signal = new(store.Place, log);
    private ConsentStatus _status = new(ConsentRecord.Empty, Modalities.None, Fault: null, Now: null);
    private (DateTime Written, long Length)? _read;
    private bool _hasRead;
    private bool _hasDecided;
    private bool _isClosed;

    private event Action<Modalities>? Changed;

    /// <summary>What may be judged, as of the last look.</summary>
    public Modalities Allowed => Status.Allowed;

    public ConsentStatus Status
    {
        get
        {
            lock (_gate) return _status;
        }
    }

    public void Run(CancellationToken stop)
    {
        _signal.Changed += _wake.Set;
        while (!stop.IsCancellationRequested)
        {
            _signal.TryBegin();
            Refresh(always: _wake.IsSet);
            try
            {
                _wake.Wait(Every, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Calls at once, on this thread, with what is allowed; then with every change, on whatever thread it is found.
    /// </summary>
    public void Subscribe(Action<Modalities> changed)
    {
        lock (_gate)
        {
            Changed += changed;
            changed(_status.Allowed);
        }
    }

    public void Unsubscribe(Action<Modalities> changed)
    {
        lock (_gate) Changed -= changed;
    }

    /// <summary>
    /// A withdrawal holds from here on, even if it then cannot be written down; until the file brings a newer answer.
    /// </summary>
    public void Withhold(Modalities one)
    {
        lock (_gate)
        {
            _withheld[one] = _status.Book.Words.GetValueOrDefault(one);
            Decide();
        }
    }

    /// <summary>Reads the file if it changed, and tells everybody if that changed anything.</summary>
    /// <param name="always">Read it in any case: somebody said that it changed.</param>
    public void Refresh(bool always = true)
    {
        lock (_gate)
        {
            _wake.Reset();
            // Taken first: what is written while it is read is read again.
            var stamp = Stamp();
            if (always || _read is null || stamp != _read) Read(stamp);
            _isClosed = false;
            Decide();
        }
    }

    /// <summary>
    /// The watch failed. One failure is passed over, the last answers hold; until it looks again after more, or if it never will,
    /// it fails closed.
    /// </summary>
    /// <param name="away">How long nobody looks; null for good.</param>
    public void HandleFailure(TimeSpan? away)
    {
        if (away is null || away > TimeSpan.FromSeconds(1)) Close();
    }

    /// <summary>
    /// Nobody will follow the driver's answers any more: from now on only what was allowed last, and needs no answer, is judged.
    /// </summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Decide();
        }
    }

    public void Dispose()
    {
        _signal.Dispose();
        _wake.Dispose();
    }

    private void Read((DateTime, long) stamp)
    {
        try
        {
            var reading = store.Read();
            // Nothing of ours takes a withdrawal out of the folder: whoever did has not asked the driver.
            var book = reading.IsMissing && _hasRead ? _status.Book.OnlyWithdrawn() : reading.Book;
            foreach (var (one, before) in _withheld)
                if (book.Words.GetValueOrDefault(one) != before) _withheld.Remove(one);
            if (_status.IsUnreadable) LogReadable();
            _status = _status with { Book = book, Fault = reading.Damage, IsUnreadable = false };
            (_read, _hasRead) = (stamp, true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _read = null;
            var why = e.Message.ReplaceLineEndings(" ");
            if (!_status.IsUnreadable)
                LogUnreadable(store.Place, why, _hasRead ? "what was known of them still holds" : "until then nothing is judged");
            _status = _status with { Fault = why, IsUnreadable = true };
        }
    }

    private void Decide()
    {
        var now = trustedNow();
        var allowed = _hasRead ? _status.Book.Allowed(settings, now) : Modalities.None;
        foreach (var one in _withheld.Keys) allowed &= ~one;
        if (_isClosed) allowed &= _status.Allowed & ConsentRecord.Empty.Allowed(settings, now: null);
        var isNew = !_hasDecided || allowed != _status.Allowed;
        (_status, _hasDecided) = (_status with { Allowed = allowed, Now = now }, true);
        if (!isNew) return;
        LogAllowed(policy.Allows(Audience.Log, Disclosure.Consent) ? allowed : allowed & Nameable, settings.Basis);
        requests.Ask(new(Allow: allowed));
        Changed?.Invoke(allowed);
    }

    private (DateTime, long) Stamp() =>
        store.Place is { } path && new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    [LoggerMessage(Level = LogLevel.Information, Message = "Judged from now on: {Allowed} (legal basis: {Basis}).")]
    private partial void LogAllowed(Modalities allowed, LegalBasis basis);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Consents {Path} cannot be read ({Why}): {Meanwhile}; trying again four times a second."
    )]
    private partial void LogUnreadable(string? path, string why, string meanwhile);

    [LoggerMessage(Level = LogLevel.Information, Message = "The consents can be read again.")]
    private partial void LogReadable();
}

/// <summary>Where the driver's consents stand: the one answer that the judgement, the page and the parts share.</summary>
/// <param name="Allowed">What may be judged.</param>
/// <param name="Fault">Why the file is damaged or cannot be read; null while all is well.</param>
/// <param name="Now">The time by which consents expire; null while nobody vouches for one.</param>
/// <param name="IsUnreadable">It could not be read at the last look; the rest is what was known before.</param>
internal sealed record ConsentStatus(
    ConsentRecord Book, Modalities Allowed, string? Fault, DateTimeOffset? Now, bool IsUnreadable = false);
