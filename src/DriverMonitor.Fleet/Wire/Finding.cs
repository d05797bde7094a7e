namespace DriverMonitor.Fleet.Wire;

/// <summary>
/// Something an operator must know about a vehicle's messages. What puts it right does not delete it.
/// </summary>
/// <param name="Vehicle">As the topic says; its names are valid.</param>
/// <param name="At">When it was found, Unix milliseconds.</param>
/// <param name="Detail">One line; foreign text in it is shortened and free of control characters.</param>
internal sealed record Finding(VehicleName Vehicle, long At, FindingKind Kind, string Detail)
{
    /// <summary>The numbers concerned, where it is about numbers.</summary>
    public (ulong Epoch, long From, long To)? Numbers { get; init; }
}

/// <summary>Numbers are stored: never reuse one.</summary>
internal enum FindingKind : short
{
    /// <summary>A message that does not fit the contract: acknowledged, and kept as this line.</summary>
    Contract = 1,

    /// <summary>Numbers that the vehicle itself says are lost.</summary>
    Gap = 2,

    /// <summary>Numbers that a broker acknowledged and nobody stored, found by their absence.</summary>
    Hole = 3,

    /// <summary>A stamp more than five minutes in the future, or from before the product.</summary>
    Clock = 4,

    /// <summary>The vehicle's audit log became shorter, or another one.</summary>
    AuditHead = 5,

    /// <summary>Two vehicles under one name.</summary>
    NameTaken = 6,

    /// <summary>A webhook's target was dead for a day.</summary>
    Webhook = 7,
}
