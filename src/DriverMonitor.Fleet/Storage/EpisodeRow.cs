using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>What a batch says of one episode, folded; upserted with least, greatest and "the first that is known".</summary>
internal sealed class EpisodeRow(int vehicle, FleetEvent first)
{
    public int Vehicle => vehicle;

    public ulong Epoch => first.Epoch;

    public string Episode => first.Episode!;

    public EventKind Kind => first.Kind;

    public string Rule => first.Rule ?? "";

    public long? RaisedAt { get; private set; }

    public long? ClearedAt { get; private set; }

    public long? DisputedAt { get; private set; }

    public long LastAt { get; private set; } = long.MinValue;

    public int TopLevel { get; private set; }

    public static List<EpisodeRow> Of(IReadOnlyList<FleetEvent> events, VehicleNumbers numbers)
    {
        Dictionary<(int, ulong, string), EpisodeRow> rows = [];
        foreach (var one in events)
        {
            if (one.Episode is null || one.Type is < EventType.Raised or > EventType.Disputed) continue;
            var vehicle = numbers.Of(one.Vehicle);
            if (!rows.TryGetValue((vehicle, one.Epoch, one.Episode), out var row))
                rows.Add((vehicle, one.Epoch, one.Episode), row = new(vehicle, one));
            row.Add(one);
        }

        // In one order for everybody, or two receivers with the same vehicles would wait for each other for ever.
        return
        [
            .. rows.Values.OrderBy(row => row.Vehicle).ThenBy(row => row.Epoch)
                .ThenBy(row => row.Episode, StringComparer.Ordinal),
        ];
    }

    private void Add(FleetEvent one)
    {
        if (one.Type == EventType.Raised) RaisedAt = one.At;
        if (one.Type == EventType.Cleared) ClearedAt = one.At;
        if (one.Type == EventType.Disputed) DisputedAt = one.At;
        LastAt = Math.Max(LastAt, one.At);
        TopLevel = Math.Max(TopLevel, one.Level);
    }
}
