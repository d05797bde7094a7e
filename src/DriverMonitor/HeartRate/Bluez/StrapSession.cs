namespace DriverMonitor.HeartRate.Bluez;

/// <summary>What is remembered while a strap is connected, and no longer.</summary>
internal sealed class StrapSession(BluezDevice device, TimeSpan connectedAt)
{
    private static readonly TimeSpan BatteryEvery = TimeSpan.FromMinutes(30);

    private TimeSpan _askBatteryAt = connectedAt;
    private bool _askedToFollow, _askedLocation;

    public BluezDevice Device { get; set; } = device;

    public TimeSpan ConnectedAt { get; } = connectedAt;

    public TimeSpan? ResolvedAt { get; set; }

    /// <summary>Path of the characteristic that gives the pulse.</summary>
    public string? Pulse { get; set; }

    public TimeSpan? SubscribedAt { get; set; }

    /// <summary>The newest pulse since the subscription.</summary>
    public TimeSpan? HeardAt { get; set; }

    public TimeSpan? FirstHeardAt { get; set; }

    /// <summary>It fell silent and was subscribed anew; the next silence ends the connection.</summary>
    public bool IsRenewed { get; set; }

    public bool NeedsBond { get; set; }

    public bool TriedBond { get; set; }

    /// <summary>How often BlueZ said that it was busy.</summary>
    public int Busy { get; set; }

    /// <summary>How often the subscription failed for no reason that is known.</summary>
    public int Failures { get; set; }

    /// <summary>Nothing more is expected of this connection.</summary>
    public bool MustEnd { get; set; }

    /// <summary>It tells by itself how its battery is.</summary>
    public bool FollowsBattery { get; set; }

    /// <summary>What is worth knowing of a strap: where it is worn, and its battery, unless BlueZ follows that itself.</summary>
    public StrapAction? NextRead(TimeSpan now, BluezObjectTree tree) => AskBattery(now, tree) ?? AskLocation(tree);

    private StrapAction? AskBattery(TimeSpan now, BluezObjectTree tree)
    {
        if (
            FollowsBattery
            || Device.Battery is not null
            || tree.Characteristic(Device.Path, Bluez.BatteryLevel) is not { } battery)
            return null;
        if (now >= _askBatteryAt)
        {
            _askBatteryAt = now + BatteryEvery;
            return new(StrapVerb.ReadBattery, battery);
        }

        if (_askedToFollow || !tree.CanNotify(battery)) return null;
        _askedToFollow = true;
        return new(StrapVerb.FollowBattery, battery);
    }

    private StrapAction? AskLocation(BluezObjectTree tree)
    {
        if (_askedLocation) return null;
        _askedLocation = true;
        return tree.Characteristic(Device.Path, Bluez.SensorLocation) is { } location
            ? new(StrapVerb.ReadLocation, location)
            : null;
    }
}
