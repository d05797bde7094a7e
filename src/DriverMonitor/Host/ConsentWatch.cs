using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Host;

/// <summary>
/// Tells the loop what may be judged: at the start, at once when the page asks it to look, and within half a second of any other
/// change of the driver's file: by the command line, an order, an erasure.
/// </summary>
/// <param name="trustedNow">The time of day; null where nobody vouches for it.</param>
internal sealed partial class ConsentWatch(
    ConsentStore store, PrivacySettings settings, Requests requests, Func<DateTimeOffset?> trustedNow, TimeProvider time, ILogger log,
    DisclosurePolicy policy = default)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    /// <summary>What an employer's log may say: which sensors are used, not which emotions the driver lets be judged.</summary>
    private const Modalities Nameable = ~(Modalities.Stress | Modalities.Anger);

    private readonly ILogger _log = log;
    private readonly Lock _gate = new();
    private ConsentBook _book = ConsentBook.Empty;
    private (DateTime Written, long Length)? _read;
    private Modalities? _allowed;

    /// <summary>What may be judged, as of the last look.</summary>
    public Modalities Allowed => _allowed ?? Modalities.None;

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        do Look(); while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>Looks at the file if it changed, and asks the loop if that changed anything.</summary>
    public void Look()
    {
        lock (_gate) LookAlone();
    }

    private void LookAlone()
    {
        if (Stamp() is var stamp && (_read is null || stamp != _read)) (_read, _book) = (stamp, store.Load());
        var allowed = _book.Allowed(settings, trustedNow());
        if (allowed == _allowed) return;
        _allowed = allowed;
        LogAllowed(policy.Allows(Audience.Log, Disclosure.Consent) ? allowed : allowed & Nameable, settings.Basis);
        requests.Ask(new(Allow: allowed));
    }

    private (DateTime, long) Stamp() =>
        store.Place is { } path && new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    [LoggerMessage(Level = LogLevel.Information, Message = "Judged from now on: {Allowed} (legal basis: {Basis}).")]
    private partial void LogAllowed(Modalities allowed, LegalBasis basis);
}
