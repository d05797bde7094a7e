namespace DriverMonitor.HeartRate.Bluez;

/// <summary>
/// Looks for the straps of this vehicle: listens, then calls one. While BlueZ searches, it does not connect a strap that it has
/// heard until that search is over, ten seconds later; so the search ends before the call.
/// </summary>
internal sealed class StrapSearch(BluetoothSettings settings)
{
    /// <summary>Straps on the air say so once a second or more often; one that keeps silent is called all the same.</summary>
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(5);

    /// <summary>A strap that hung up is given so long to be heard again before another of ours is called.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    private readonly StrapSelector _choice = new(settings);
    private TimeSpan _searchAt, _searchedAt;
    private bool _listened;
    private string? _chosen;

    public StrapSelector Choice => _choice;

    public bool IsOn { get; private set; }

    /// <summary>What to ask, with no strap connected; null to wait.</summary>
    /// <param name="mayCall">Whether enough time has gone since the last call.</param>
    public StrapAction? Next(TimeSpan now, BluezAdapter radio, BluezDevice[] ours, bool mayCall)
    {
        if (!IsOn && _chosen is null && !_listened && MustListen(ours) && now >= _searchAt)
            return new(StrapVerb.Discover, radio.Path);
        if (!mayCall || (IsOn && !HasListened(now, ours)))
            return null;

        _chosen ??= _choice.Next(now, ours);
        _listened = false;
        // With nobody to call it begins anew: within one search an adapter may tell of a strap late, or no second time.
        if (IsOn) return new(StrapVerb.StopDiscovering, radio.Path);
        if (_chosen is not { } path) return null;
        _chosen = null;
        return new(StrapVerb.Connect, path);
    }

    public void Started(TimeSpan now, StrapFault fault)
    {
        IsOn = fault is StrapFault.None or StrapFault.Already or StrapFault.Busy;
        (_searchedAt, _listened) = (now, IsOn);
        if (!IsOn) _searchAt = now + Later;
    }

    /// <summary>It was asked to stop, or whoever searched is gone.</summary>
    public void End() => IsOn = false;

    public void Reset(TimeSpan now)
    {
        _choice.Reset();
        (IsOn, _chosen, _listened, _searchAt) = (false, null, false, now);
    }

    /// <summary>The only strap, once BlueZ knows it, is called without.</summary>
    private bool MustListen(BluezDevice[] ours) => ours.Length < settings.Addresses.Length || ours.Length > 1;

    /// <summary>One of ours was heard, or nobody for long enough.</summary>
    private bool HasListened(TimeSpan now, BluezDevice[] ours)
    {
        var heard = Array.FindAll(ours, device => device.Rssi is not null && !_choice.IsShunned(now, device));
        if (heard.Length == 0) return now - _searchedAt >= Listening;
        return now - _searchedAt >= Courtesy || _choice.Worn is not { } worn || heard.Any(device => device.Path == worn);
    }
}
