namespace DriverMonitor.HeartRate;

/// <summary>What is remembered while a strap is connected, and no longer.</summary>
internal sealed class StrapSession(BluezDevice device, TimeSpan connectedAt)
{
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

    /// <summary>Nothing more is expected of this connection.</summary>
    public bool MustEnd { get; set; }

    /// <summary>When its battery is asked for next.</summary>
    public TimeSpan AskBatteryAt { get; set; } = connectedAt;

    public bool AskedLocation { get; set; }
}
