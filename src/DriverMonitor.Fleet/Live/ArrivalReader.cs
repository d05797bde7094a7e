using System.Data.Common;
using System.Runtime.CompilerServices;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Live;

/// <summary>
/// Stored events in the order of their arrival. Their position is the row's number on a file, and the time of arrival on a
/// server, where all events of a batch share one.
/// </summary>
internal sealed class ArrivalReader(FleetDatabase database)
{
    private string Position => database.IsPostgres ? "e.received_at" : "e.rowid";

    /// <summary>The position of the newest event; 0 before the first.</summary>
    public async Task<long> NewestAsync(DbConnection connection, CancellationToken stop) =>
        await connection.ScalarAsync<long?>(
            database.IsPostgres ? "select max(received_at) from event" : "select max(rowid) from event", stop) ?? 0;

    /// <param name="after">Events behind this position, which is left out,</param>
    /// <param name="to">up to this one.</param>
    /// <param name="tenant">Of one tenant; null for all.</param>
    public async IAsyncEnumerable<LiveMessage> ReadAsync(
        DbConnection connection, long after, long to, int? tenant, int limit, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var command = connection.Command(
            $"""
            select v.tenant_id, t.name, {Position}, v.name, e.epoch, e.seq, e.type, e.kind, e.level,
              coalesce(e.happened_at, e.at), e.received_at, e.late, e.episode, p.rule
            from event e join vehicle v on v.id = e.vehicle_id join tenant t on t.id = v.tenant_id
            left join episode p on p.vehicle_id = e.vehicle_id and p.epoch = e.epoch and p.episode = e.episode
            where {Position} > @after and {Position} <= @to and e.type in (1, 2, 3, 4, 5, 6, 11)
              {(tenant is null ? "" : "and v.tenant_id = @tenant")}
            order by {Position} limit @limit
            """, ("after", after), ("to", to), ("tenant", tenant), ("limit", limit));
        await using var row = await command.ExecuteReaderAsync(stop);
        while (await row.ReadAsync(stop))
        {
            if (ToMessage(row) is { } message) yield return message;
        }
    }

    private static LiveMessage? ToMessage(DbDataReader row)
    {
        var (type, kind) = ((EventType)row.GetInt16(6), (EventKind)row.GetInt16(7));
        // Stress and anger are nobody's to see of a single vehicle; they are counted for the whole tenant alone.
        if (kind is EventKind.Stress or EventKind.Anger) return null;
        var (vehicle, epoch, episode) = (row.GetString(3), Names.Epoch(row.GetInt64(4)), row.TextOrNull(12));
        var position = row.GetInt64(2);
        var told = new LiveEvent(
            vehicle, $"{vehicle}:{epoch}:{row.GetInt64(5)}", Names.Of(type), Names.Of(kind), row.TextOrNull(13), row.GetInt16(8),
            row.Time(9), row.Time(10), row.GetInt16(11) != 0, episode is null ? null : $"{epoch}/{episode}");
        return new(row.GetInt32(0), position, LiveFrame.Of(NameOf(type), position, told));
    }

    private static string NameOf(EventType type) => type switch
    {
        EventType.DeviceStatus => "device",
        EventType.Gap => "gap",
        EventType.TripEnded => "trip",
        _ => "alert",
    };
}
