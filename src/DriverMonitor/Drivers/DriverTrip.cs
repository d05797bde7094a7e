namespace DriverMonitor.Drivers;

/// <summary>
/// One trip as its driver may look at it later: when, how long, what was warned of, and a few averages. No picture, no series.
/// </summary>
internal sealed record DriverTrip
{
    /// <summary>Alerts beyond this are counted, not listed.</summary>
    public const int MostAlerts = 200;

    /// <summary>Made up when the trip began: a trip that is kept twice is the same one.</summary>
    public required string Id { get; init; }

    /// <summary>By the device's clock; null while nobody knew the time.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>That clock was right.</summary>
    public bool ClockTrusted { get; init; }

    /// <summary>From which day its retention counts: the trip's own, or the first on which the clock was right.</summary>
    public DateTimeOffset? CountsFrom { get; init; }

    public double Seconds { get; init; }

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<TripAlert> Alerts { get; init; } = [];

    /// <summary>All that were raised, also those that are not listed.</summary>
    public int AlertCount { get; init; }

    public int Microsleeps { get; init; }
    public int Sleeps { get; init; }
    public int Yawns { get; init; }

    /// <summary>Mean share of the time with the eyes at least 80 % closed, 0..1; null where the eyes were not judged.</summary>
    public double? Perclos { get; init; }

    /// <summary>Pulse at rest, beats per minute: a tenth of the trip's seconds were calmer. Null without a strap.</summary>
    public double? RestingPulse { get; init; }

    /// <summary>Numbers that can be; what was read from a disk may be anything.</summary>
    public bool IsSound() =>
        Id is { Length: > 0 and <= 64 } && Seconds is >= 0 and < 1e9 && AlertCount >= 0 && Microsleeps >= 0 && Sleeps >= 0
        && Yawns >= 0 && Perclos is null or (>= 0 and <= 1) && RestingPulse is null or (>= 20 and <= 300)
        && Alerts.Count <= MostAlerts && Alerts.All(alert => alert is { Rule.Length: <= 64, At: >= 0, Level: >= 0 and <= 4 });
}

/// <summary>One alert of a trip.</summary>
/// <param name="At">Seconds since the trip began.</param>
/// <param name="Rule">As on the wire.</param>
/// <param name="Level">The highest it reached, 1..4.</param>
/// <param name="Seconds">How long it stood; null while it stands, and where its end was not seen.</param>
/// <param name="Disputed">The driver said that it was wrong.</param>
internal sealed record TripAlert(double At, string Rule, int Level, double? Seconds = null, bool Disputed = false);
