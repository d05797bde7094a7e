namespace DriverMonitor.Voice;

/// <summary>What the microphone does, for the page and the log.</summary>
internal enum MicrophoneStatus
{
    /// <summary>Closed: the driver has not allowed it.</summary>
    NotAllowed,

    /// <summary>Closed while the vehicle is at rest.</summary>
    AtRest,

    /// <summary>Its program has been started and has not given any sound.</summary>
    Starting,

    Listening,

    /// <summary>It gives no sound; it is tried again.</summary>
    Lost,
}
