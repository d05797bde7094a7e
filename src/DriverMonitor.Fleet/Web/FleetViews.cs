namespace DriverMonitor.Fleet.Web;

/// <summary>Rows of one answer, and where the next one begins.</summary>
/// <param name="Next">To be given as <c>after</c>; null at the end.</param>
internal sealed record Rows<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A vehicle as it is known now.</summary>
/// <param name="Contact"><c>fresh</c>, <c>overdue</c> (15 minutes), <c>stale</c> (a day), <c>offline</c>, <c>silent</c> (P0, by
/// choice) or <c>never</c>.</param>
/// <param name="Alert">Level 0 to 4 of the alert that stands; null unless fresh.</param>
/// <param name="Waiting">Events that wait in the vehicle.</param>
/// <param name="OldestS">Age of the oldest of them in seconds.</param>
internal sealed record VehicleView(
    string Name, string Label, string Contact, DateTimeOffset? SeenAt, int? Alert, string? Camera, string? Heart, int? Waiting,
    int? OldestS, int? Dropped, string? Privacy, string Version, DateTimeOffset? CertificateUntil);

/// <summary>How far the events of one epoch are stored.</summary>
/// <param name="Mark">Every number up to here is stored, or known to be lost.</param>
/// <param name="Holes">Ranges between mark and highest that were asked for again.</param>
internal sealed record EpochView(
    string Epoch, long Mark, long Highest, IReadOnlyList<long[]> Holes, DateTimeOffset FirstAt, DateTimeOffset LastAt,
        bool IsClosed);

/// <summary>A vehicle with what its page needs.</summary>
internal sealed record VehicleDetail(VehicleView Vehicle, IReadOnlyList<EpochView> Epochs);

/// <summary>An alert from raised to cleared.</summary>
/// <param name="Id">Epoch and episode, as in its address.</param>
/// <param name="Review"><c>seen</c>, <c>true</c>, <c>false</c>, <c>unclear</c>; null before anybody looked.</param>
internal sealed record AlertView(
    string Vehicle, string Id, string Kind, string Rule, int TopLevel, DateTimeOffset? RaisedAt, DateTimeOffset? ClearedAt,
    DateTimeOffset LastAt, DateTimeOffset? DisputedAt, string? Review, string? Note);

/// <summary>One event without its body: values are shown in an episode's detail only.</summary>
internal sealed record EventView(
    string Vehicle, string Id, string Type, string Kind, int Level, DateTimeOffset At, DateTimeOffset ReceivedAt, string Clock,
    bool IsLate, string? Episode);

/// <summary>An event with what the vehicle said of it.</summary>
internal sealed record EventDetail(EventView Event, System.Text.Json.JsonElement Data);

/// <summary>An episode with its events.</summary>
internal sealed record AlertDetail(AlertView Alert, IReadOnlyList<EventDetail> Events)
{
    public AlertDetail WithoutValues() =>
        this with { Events = [.. Events.Select(one => one with { Data = ShownData.WithoutValues(one.Data) })] };
}

/// <summary>Something an operator must know about a vehicle's messages.</summary>
internal sealed record FindingView(
    string Vehicle, long Id, DateTimeOffset At, string Kind, string Detail, string? Epoch, long? First, long? Last);

/// <summary>What a vehicle's monitor counted last in an hour.</summary>
internal sealed record HealthView(DateTimeOffset At, System.Text.Json.JsonElement Counters);

/// <summary>Whether the picture can be trusted this minute.</summary>
/// <param name="LastStoredAt">When an event was stored last.</param>
/// <param name="WaitingInVehicles">Events that fresh vehicles still hold.</param>
/// <param name="OldestUnstoredS">Age of the oldest of those, in seconds.</param>
/// <param name="Holes">Numbers that a broker acknowledged and nobody has stored.</param>
internal sealed record LagView(
    int Vehicles, int Fresh, DateTimeOffset? LastStoredAt, long WaitingInVehicles, int OldestUnstoredS, long Holes,
        int OpenAlerts);
