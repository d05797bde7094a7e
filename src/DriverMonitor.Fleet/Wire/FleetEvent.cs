namespace DriverMonitor.Fleet.Wire;

/// <summary>One event of a vehicle as it is stored. Times are Unix milliseconds, UTC.</summary>
/// <param name="Epoch">The 16 hexadecimal digits as a number.</param>
/// <param name="Seq">From 1 within the epoch; 0 for an answer that is not stored and counts nowhere.</param>
/// <param name="At">The event's own stamp, as good as <paramref name="Clock"/> says; never changed, because it is part of the
/// key.</param>
/// <param name="Mono">Milliseconds since the start of that run of the vehicle's program.</param>
/// <param name="Episode">Of an alert, the same from raised to cleared; null for others.</param>
/// <param name="Body">JSON: what <c>data</c> holds beyond the columns.</param>
internal sealed record FleetEvent(
    VehicleName Vehicle, ulong Epoch, long Seq, long At, EventType Type, EventKind Kind, int Level, EventClock Clock,
    bool IsLate, int Boot, long Mono, string? Episode, string Body)
{
    /// <summary>Numbers that this event says will never come, by a <c>gap</c>; null for all others.</summary>
    public LostRange? Lost { get; init; }

    /// <summary>What the clock of this run showed, by a <c>clockfix</c>; null for all others.</summary>
    public ClockFix? Fix { get; init; }

    /// <summary>An epoch that will never send again, by a <c>gap</c> of a damaged queue.</summary>
    public ulong? FormerEpoch { get; init; }

    /// <summary>How long the vehicle's audit log is and what it ends with; null for all others.</summary>
    public AuditHead? Head { get; init; }

    /// <summary>The lowest privacy level (P1 to P3) at which all of <see cref="Body"/> may be told.</summary>
    public int LeastPrivacy { get; init; } = Measures.Least;

    /// <summary>The alert's rule; null for what is no alert.</summary>
    public string? Rule { get; init; }
}

/// <summary>A vehicle of a tenant, by the names in its topics.</summary>
internal readonly record struct VehicleName(string Tenant, string Vehicle)
{
    public override string ToString() => $"{Tenant}/{Vehicle}";
}

/// <summary>Numbers of the epoch, both ends included, of which those that have not come will never come.</summary>
internal readonly record struct LostRange(long From, long To, string Reason);

/// <summary>At <paramref name="Mono"/> of run <paramref name="Boot"/> it was <paramref name="Utc"/>.</summary>
internal readonly record struct ClockFix(int Boot, long Mono, long Utc);

/// <summary>After <paramref name="Entries"/> entries the log's chain had come to <paramref name="Hash"/>.</summary>
internal readonly record struct AuditHead(long Entries, string Hash);

/// <summary>Numbers are stored: never reuse one.</summary>
internal enum EventType : short
{
    /// <summary>Of a later contract: kept as it came and shown raw.</summary>
    Unknown = 0,
    Raised = 1,
    Escalated = 2,
    Cleared = 3,
    Disputed = 4,
    DeviceStatus = 5,
    Gap = 6,
    ClockFix = 7,
    OrderAnswer = 8,
    Erased = 9,
    AuditHead = 10,
    TripEnded = 11,
    CertificateRequest = 12,
}

/// <summary>Numbers are stored: never reuse one.</summary>
internal enum EventKind : short
{
    None = 0,
    Fatigue = 1,
    Distraction = 2,
    Stress = 3,
    Anger = 4,
    DriverState = 5,
    Device = 6,
}

/// <summary>How far the event's own time can be trusted. Numbers are stored.</summary>
internal enum EventClock : short
{
    Unset = 0,
    Floor = 1,
    Synced = 2,
    Holdover = 3,
}
