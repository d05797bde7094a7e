namespace DriverMonitor.Fleet.Web;

/// <summary>What to look at now.</summary>
/// <param name="Contacts">Vehicles by contact, as <see cref="VehicleView"/> names it.</param>
/// <param name="Cameras">Vehicles in contact whose camera cannot see.</param>
/// <param name="Straps">Vehicles in contact whose heart strap gives no signal.</param>
/// <param name="Findings">Of the last day.</param>
internal sealed record SummaryView(IReadOnlyDictionary<string, int> Contacts, int Cameras, int Straps, int Findings);

/// <summary>What reviews say of the alerts of 90 days.</summary>
/// <param name="Needed">Reviews below which there is no share.</param>
/// <param name="Share">Of the reviewed, 0 to 1; null where too few were reviewed, or of too few vehicles.</param>
/// <param name="Low">Lower end of the 95 % interval (Wilson), with <paramref name="High"/>.</param>
/// <param name="IsHidden">Alerts came of too few vehicles: nothing is told.</param>
internal sealed record ReviewsView(
    int Episodes, int Reviewed, int IsFalse, int Unclear, int Disputed, int Needed, double? Share, double? Low, double? High,
    bool IsHidden = false)
{
    public static ReviewsView OfTooFew(int needed) => new(0, 0, 0, 0, 0, needed, null, null, null, IsHidden: true);
}

/// <summary>Disputed and reviewed alerts of a rule, a version or a kind of camera.</summary>
/// <param name="IsHidden">Of too few vehicles: only the name is told.</param>
internal sealed record DisputeRow(string Name, int Raised, int Disputed, int Reviewed, int IsFalse, bool IsHidden)
{
    public DisputeRow Hide() => new(Name, 0, 0, 0, 0, IsHidden: true);
}

/// <param name="Floor">Fewest vehicles that a figure may speak of.</param>
internal sealed record DisputesView(int Floor, IReadOnlyList<DisputeRow> Rules, IReadOnlyList<DisputeRow> Versions,
    IReadOnlyList<DisputeRow> Cameras);

/// <summary>Days.</summary>
internal sealed record RetentionView(int Events, int Counts, int Audit);

/// <summary>What is kept of whom, and under which rules.</summary>
/// <param name="Levels">Vehicles by privacy level; <c>?</c> for those that have not said.</param>
/// <param name="Heads">Vehicles whose audit log has told its newest line, last at <paramref name="HeadAt"/>.</param>
internal sealed record PrivacyView(
    IReadOnlyDictionary<string, int> Levels, bool IsEuWork, int Floor, RetentionView Retention, int Heads,
    DateTimeOffset? HeadAt);
