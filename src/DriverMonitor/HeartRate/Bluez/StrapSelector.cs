namespace DriverMonitor.HeartRate.Bluez;

/// <summary>
/// Which of the vehicle's straps is called next: one that is heard before one that is only known, each in its turn.
/// </summary>
internal sealed class StrapSelector(BluetoothSettings settings)
{
    /// <summary>A strap that refuses us needs a human; asking on would only empty its battery.</summary>
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, TimeSpan> _shunnedUntil = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Path of the strap that was called last.</summary>
    public string? Called { get; private set; }

    /// <summary>Path of the strap that gave the last pulse, until it was called again.</summary>
    public string? Worn { get; private set; }

    /// <summary>The straps of this vehicle that BlueZ knows, in the order of the settings.</summary>
    public BluezDevice[] Ours(BluezObjectTree tree, BluezAdapter adapter) =>
        [
            .. tree.Devices(adapter.Path)
                .Select(device =>
                    (
                        device,
                        Place: Array.FindIndex(
                            settings.Addresses, a => string.Equals(a, device.Address, StringComparison.OrdinalIgnoreCase))))
                .Where(found => found.Place >= 0)
                .OrderBy(found => found.Place)
                .Select(found => found.device),
        ];

    /// <summary>The path to call; null while there is none. The one that gave the last pulse comes first, once.</summary>
    public string? Next(TimeSpan now, BluezDevice[] ours)
    {
        var known = Array.FindAll(ours, device => !IsShunned(now, device));
        if (known.Length == 0) return null;

        var heard = Array.FindAll(known, device => device.Rssi is not null);
        var pool = heard.Length > 0 ? heard : known;
        var next = Array.FindIndex(pool, device => device.Path == Worn);
        if (next < 0) next = (Array.FindIndex(pool, device => device.Path == Called) + 1) % pool.Length;
        Worn = null;
        return Called = pool[next].Path;
    }

    /// <summary>It gave its pulse.</summary>
    public void Prefer(BluezDevice device) => Worn = device.Path;

    /// <summary>Another strap of ours is here, while the one that is being called is not heard.</summary>
    public static bool IsOvertaken(StrapAction order, BluezDevice[] ours) =>
        order.Verb == StrapVerb.Connect
        && !ours.Any(d => d.Path == order.Path && d.Rssi is not null)
        && ours.Any(d => d.Path != order.Path && (d.Connected || d.Rssi is not null));

    public void Avoid(TimeSpan now, BluezDevice device) => _shunnedUntil[device.Address] = now + AfterRefusal;

    public bool IsShunned(TimeSpan now, BluezDevice device) =>
        _shunnedUntil.TryGetValue(device.Address, out var until) && now < until;

    public void Reset() => (Called, Worn) = (null, null);
}
