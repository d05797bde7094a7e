using DriverMonitor.Core.Privacy;

namespace DriverMonitor.Core.Wire;

/// <summary>Who speaks: every message of one run of one vehicle carries this.</summary>
/// <param name="Tenant">The fleet, [a-z0-9-]{1,32}.</param>
/// <param name="Vehicle">The vehicle within it, [a-z0-9-]{1,32}.</param>
/// <param name="Epoch">Made at random with the queue of events: sequence numbers count within it and never restart inside
/// it.</param>
/// <param name="Boot">Counts the starts of the program, so that an old last will cannot be taken for a newer run's.</param>
/// <param name="Version">Of the program.</param>
/// <param name="Level">How much may leave the vehicle.</param>
/// <param name="NamesEmotions">False where the law forbids to report an emotion: then a hint is about the driver's state and no
/// more.</param>
public sealed record WireIdentity(
    string Tenant,
    string Vehicle,
    ulong Epoch,
    int Boot,
    string Version,
    WireLevel Level = WireLevel.P1,
    bool NamesEmotions = true)
{
    /// <summary>What kind of camera looks, [a-z0-9-]{1,32}: wrong alerts may come from one. Null where it is not known.</summary>
    public string? Camera { get; init; }

    /// <summary>The epoch as it is written everywhere: 16 hexadecimal digits.</summary>
    public string EpochText => Epoch.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What this vehicle may tell the fleet.</summary>
    public DisclosurePolicy Policy => new(Level, NamesEmotions);

    /// <summary>Whether the fleet may hear this.</summary>
    public bool Discloses(Disclosure what) => Policy.Allows(Audience.Fleet, what);
}

/// <summary>How far the wall clock can be trusted; a board without a battery starts in the past.</summary>
public enum WireClock
{
    /// <summary>Before this program was written: certainly wrong. Use <c>mono</c> and <c>boot</c>.</summary>
    Unset,

    /// <summary>Plausible, never checked against a time server since the start.</summary>
    Floor,

    /// <summary>Kept by a time server.</summary>
    Synced,

    /// <summary>Was kept by a time server earlier in this run, and runs free now.</summary>
    Holdover,
}

/// <summary>What one message has of its own: its place in the order, and when it was made.</summary>
/// <param name="Seq">Counts from 1 within the epoch; 0 for what is said in passing and never stored.</param>
/// <param name="Wall">Time of day, as good as <paramref name="Clock"/> says.</param>
/// <param name="Clock">The trust in it.</param>
public readonly record struct WireStamp(long Seq, DateTimeOffset Wall, WireClock Clock);
