namespace DriverMonitor.Core.Privacy;

/// <summary>What something tells of; what may be told to somebody is a set of these.</summary>
[Flags]
public enum Disclosure
{
    None = 0,

    /// <summary>Whether the monitor works, and no more.</summary>
    Readiness = 1,

    /// <summary>The device: its sensors, links, queues, processor, versions.</summary>
    Device = 2,

    /// <summary>Fatigue and distraction: judgements, alerts, and the limits that were passed.</summary>
    States = 4,

    /// <summary>Stress and anger by their names.</summary>
    Emotions = 8,

    /// <summary>What was measured on a person, and findings about the body.</summary>
    Measures = 16,

    /// <summary>Where the vehicle is.</summary>
    Position = 32,

    /// <summary>What the driver agreed to.</summary>
    Consent = 64,

    Everything = Readiness | Device | States | Emotions | Measures | Position | Consent,
}

/// <summary>Who is told.</summary>
public enum Audience
{
    /// <summary>
    /// The driver: the page behind its sign-in, the own export, recordings kept in the vehicle under a pseudonym.
    /// </summary>
    Driver,

    /// <summary>Whoever listens at the broker: events, state, health, presence, announcements.</summary>
    Fleet,

    /// <summary>An OpenTelemetry collector to which figures are sent.</summary>
    Collector,

    /// <summary>Who reads <c>/metrics</c>.</summary>
    Scraper,

    /// <summary>Anybody who reaches the page's port without a session.</summary>
    Stranger,

    /// <summary>Whoever is handed a file that a replay wrote: the report, the events, the trace.</summary>
    File,

    /// <summary>Whoever reads the system's log, which is often collected elsewhere.</summary>
    Log,
}
