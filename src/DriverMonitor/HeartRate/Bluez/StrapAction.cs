namespace DriverMonitor.HeartRate.Bluez;

/// <summary>What is asked of BlueZ.</summary>
internal enum StrapVerb
{
    PowerOn,
    Discover,
    StopDiscovering,
    Connect,
    Disconnect,
    Forget,
    Bond,
    Subscribe,
    Unsubscribe,
    ReadBattery,
    FollowBattery,
    ReadLocation,
}

/// <summary>One thing to ask of BlueZ, and of which object.</summary>
internal readonly record struct StrapAction(StrapVerb Verb, string Path);

/// <summary>How far the way to the pulse has been gone.</summary>
internal enum StrapState
{
    /// <summary>There is no D-Bus.</summary>
    NoBus,

    /// <summary>bluetoothd does not run.</summary>
    NoBluetooth,
    NoAdapter,
    AdapterOff,

    /// <summary>No address is bound, so nothing is connected.</summary>
    NotBound,

    /// <summary>The bound strap has not been heard of yet.</summary>
    Searching,

    Connecting,

    /// <summary>Connected; its services are being read and its pulse subscribed.</summary>
    Preparing,

    /// <summary>The pulse comes.</summary>
    Listening,
}
