namespace DriverMonitor.Outbox;

/// <summary>What an event is worth when there is no room for everything; the last goes first.</summary>
internal enum OutboxClass
{
    /// <summary>
    /// An alert was raised, rose or ended; the driver's dispute; the monitor's own failure. On disk before anybody sends it.
    /// </summary>
    Alert,

    /// <summary>
    /// News of the monitor's senses, the end of a trip, clock fixes, answers. Committed together, within a second.
    /// </summary>
    Record,

    /// <summary>Traces of scores. The first to go.</summary>
    Trace,
}

/// <summary>Whose word lets an event go.</summary>
internal enum Acknowledgement
{
    /// <summary>The broker's: it has taken the message. A broker that dies may still lose it.</summary>
    Broker,

    /// <summary>The fleet's own: events stay until its high-water mark has passed them.</summary>
    Fleet,
}
