using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Web;

/// <summary>What the page can ask of the rest of the program; the wiring fills it in. Null: not here.</summary>
internal sealed record PageActions
{
    public required Action Acknowledge { get; init; }

    /// <summary>An alert was wrong: this one, or null for the last.</summary>
    public required Action<AlertName?> Dispute { get; init; }

    public required Func<Modalities> Allowed { get; init; }
    public required Func<IReadOnlyList<PagePart>> Parts { get; init; }

    /// <summary>What the page may tell to whom; without one, least.</summary>
    public DisclosurePolicy Policy { get; init; }

    /// <summary>Sounds the buzzer once, unless an alert sounds.</summary>
    public Action? TestBuzzer { get; init; }

    /// <summary>Whose page it is, as the settings call the driver.</summary>
    public string Driver { get; init; } = "";

    public Func<DriverMonitor.Drivers.ConsentStatus>? Consents { get; init; }

    /// <summary>Notes the driver's word about one modality: agreed, or taken back. Throws <see cref="IOException"/>.</summary>
    public Action<Modalities, bool>? Say { get; init; }

    /// <summary>Everything that is stored of the driver, as JSON; null if it is nothing.</summary>
    public Func<string?>? Export { get; init; }

    /// <summary>Forgets the driver; gives the number of files.</summary>
    public Func<int>? Erase { get; init; }

    /// <summary>The driver's recorded drives; null where none are made.</summary>
    public Func<IReadOnlyList<PageDrive>>? Drives { get; init; }

    /// <summary>What a recorded drive holds, line by line; null if there is none of that name.</summary>
    public Func<string, IEnumerable<string>?>? ReadDrive { get; init; }

    /// <summary>Deletes the driver's recorded drives; gives the number of files.</summary>
    public Func<int>? ForgetDrives { get; init; }

    /// <summary>The driver's own trips, the oldest first; null where none are kept.</summary>
    public Func<IReadOnlyList<DriverMonitor.Drivers.DriverTrip>>? Trips { get; init; }

    /// <summary>Deletes them; gives their number. Throws <see cref="IOException"/>.</summary>
    public Func<int>? ForgetTrips { get; init; }

    /// <summary>The time of day, by which trips are called recent.</summary>
    public Func<DateTimeOffset> Now { get; init; } = () => DateTimeOffset.UnixEpoch;

    /// <summary>The live picture for aiming.</summary>
    public DriverMonitor.Web.Aim.FrameTap? Aim { get; init; }
}

/// <summary>One recorded drive: measures, no picture.</summary>
/// <param name="Name">By which it can be asked for.</param>
/// <param name="Began">Null where that cannot be read.</param>
internal sealed record PageDrive(string Name, DateTimeOffset? Began, double Seconds, long Bytes);

/// <summary>One part of the device and how it is.</summary>
/// <param name="Name">Key of its name in the page's table of words.</param>
/// <param name="Ok">Null where it is not used.</param>
/// <param name="State">Key of a word, or a figure.</param>
internal sealed record PagePart(string Name, bool? Ok, string State, string? Detail = null)
{
    /// <summary>What else is known of it, such as a battery; none for most.</summary>
    public IReadOnlyList<PageFact> Facts { get; init; } = [];
}

/// <param name="Name">Key of its name in the page's table of words.</param>
/// <param name="Value">A figure, a name, or what the part says itself.</param>
internal sealed record PageFact(string Name, string Value);
