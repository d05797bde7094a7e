using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Web;

/// <summary>Which episodes to show; null for all of a kind.</summary>
internal sealed record AlertFilter(string? Vehicle, EventKind? Kind, int Level, bool IsOpenOnly, bool IsDisputedOnly, long From);

/// <summary>Episodes and events of one tenant.</summary>
internal sealed class AlertReader(FleetDatabase database)
{
    /// <summary>Stress and anger are nobody's to see of a single vehicle; they are counted for the whole tenant alone.</summary>
    private const string NoEmotion = "not in (3, 4) ";

    private const string Columns =
        "select v.name, p.epoch, p.episode, p.kind, p.rule, p.top_level, p.raised_at, p.cleared_at, p.last_at, p.disputed_at, p.review, "
        + "p.note ";

    private const string OfOneVehicle =
        "from episode p join vehicle v on v.id = p.vehicle_id where v.tenant_id = @tenant and p.kind " + NoEmotion;

    /// <summary>
    /// SQLite takes the tables of a cross join in this order: the newest episodes first, and not every vehicle with all it ever
    /// warned of.
    /// </summary>
    private const string OfAllVehicles =
        "from episode p cross join vehicle v where v.id = p.vehicle_id and v.tenant_id = @tenant and p.kind " + NoEmotion;

    private const string EventColumns =
        "select v.name, e.epoch, e.seq, e.type, e.kind, e.level, e.at, e.received_at, e.clock, e.late, e.episode, e.happened_at, e.body "
        + "from event e join vehicle v on v.id = e.vehicle_id where v.tenant_id = @tenant ";

    /// <param name="before">Last heard of before this (Unix milliseconds); they come newest first.</param>
    public async Task<Rows<AlertView>> AlertsAsync(int tenant, AlertFilter filter, long before, int limit, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var rows = await connection.ReadAsync(
            Columns + (filter.Vehicle is null ? OfAllVehicles : OfOneVehicle) + "and p.last_at >= @from and p.last_at < @before and p.top_level >= @level "
                + (filter.Vehicle is null ? "" : "and v.name = @vehicle ")
                + (filter.Kind is null ? "" : "and p.kind = @kind ")
                + (filter.IsOpenOnly ? "and p.cleared_at is null " : "")
                + (filter.IsDisputedOnly ? "and p.disputed_at is not null " : "")
                + "order by p.last_at desc limit @limit",
            ToAlert, stop, ("tenant", tenant), ("from", filter.From), ("before", before), ("level", filter.Level),
            ("vehicle", filter.Vehicle), ("kind", (int?)filter.Kind), ("limit", limit));
        var next = rows.Count == limit ? rows[^1].LastAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : null;
        return new(rows, next);
    }

    /// <summary>Null for an episode that this tenant does not have.</summary>
    public async Task<AlertDetail?> AlertAsync(int tenant, string vehicle, long epoch, string episode, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var found = await connection.ReadAsync(
            Columns + OfOneVehicle + "and v.name = @vehicle and p.epoch = @epoch and p.episode = @episode", ToAlert, stop,
            ("tenant", tenant), ("vehicle", vehicle), ("epoch", epoch), ("episode", episode));
        if (found is not [var alert]) return null;
        // The time narrows it to a partition or two; the index by vehicle and time does the rest.
        var around = alert.LastAt.ToUnixTimeMilliseconds();
        return new(alert, await connection.ReadAsync(
            EventColumns + "and v.name = @vehicle and e.epoch = @epoch and e.episode = @episode and e.at between @from and @to order by e.seq",
            ToDetail, stop, ("tenant", tenant), ("vehicle", vehicle), ("epoch", epoch), ("episode", episode),
            ("from", around - 86_400_000L), ("to", around + 86_400_000L)));
    }

    /// <summary>The level that a vehicle has said last, 0 to 3; -1 where it has said none.</summary>
    public async Task<int> PrivacyOfAsync(int tenant, string vehicle, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        return await connection.ScalarAsync<int?>(
            "select privacy from vehicle where tenant_id = @tenant and name = @vehicle", stop, ("tenant", tenant), ("vehicle", vehicle)) ?? -1;
    }

    /// <summary>Events of one vehicle in order of time, without bodies.</summary>
    public async Task<Rows<EventView>> EventsAsync(
        int tenant, string vehicle, long from, long to, int limit, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var rows = await connection.ReadAsync(
            EventColumns + "and e.kind " + NoEmotion + "and v.name = @vehicle and e.at >= @from and e.at < @to order by e.at limit @limit",
            ToEvent, stop,
            ("tenant", tenant), ("vehicle", vehicle), ("from", from), ("to", to), ("limit", limit));
        var next = rows.Count == limit ? (rows[^1].At.ToUnixTimeMilliseconds() + 1).ToString(CultureInfo.InvariantCulture) : null;
        return new(rows, next);
    }

    /// <summary>What somebody thinks of an episode. It deletes nothing and hides no dispute.</summary>
    /// <returns>False for an episode that this tenant does not have.</returns>
    public async Task<bool> ReviewAsync(
        int tenant, string vehicle, long epoch, string episode, string review, string? note, string who, long at,
            CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        return await connection.ExecuteAsync(
            "update episode set review = @review, note = @note, reviewed_by = @who, reviewed_at = @at where epoch = @epoch "
                + "and episode = @episode and kind " + NoEmotion
                + "and vehicle_id = (select id from vehicle where tenant_id = @tenant and name = @vehicle)",
            stop, ("review", review), ("note", note), ("who", who), ("at", at), ("epoch", epoch), ("episode", episode),
            ("tenant", tenant), ("vehicle", vehicle)) == 1;
    }

    /// <summary>Events of a tenant one by one as they are read: an export never lies in memory.</summary>
    /// <param name="withEmotions">For what a person may have of their own; never where the tenant processes none.</param>
    public async IAsyncEnumerable<EventDetail> StreamAsync(
        int tenant, string? vehicle, long from, long to, bool withEmotions,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        await using var command = connection.Command(
            EventColumns + (withEmotions ? "" : "and e.kind " + NoEmotion) + "and e.at >= @from and e.at < @to "
                + (vehicle is null ? "" : "and v.name = @vehicle ")
                + "order by v.name, e.at, e.seq",
            ("tenant", tenant), ("vehicle", vehicle), ("from", from), ("to", to));
        await using var row = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, stop);
        while (await row.ReadAsync(stop)) yield return ToDetail(row);
    }

    private static AlertView ToAlert(DbDataReader row) => new(
        row.GetString(0), $"{Names.Epoch(row.GetInt64(1))}/{row.GetString(2)}", Names.Of((EventKind)row.GetInt16(3)), row.GetString(4),
        row.GetInt16(5), row.TimeOrNull(6), row.TimeOrNull(7), row.Time(8), row.TimeOrNull(9), row.TextOrNull(10),
            row.TextOrNull(11));

    private static EventView ToEvent(DbDataReader row)
    {
        var vehicle = row.GetString(0);
        var id = $"{vehicle}:{Names.Epoch(row.GetInt64(1))}:{row.GetInt64(2)}";
        var (type, kind, level, at) = ((EventType)row.GetInt16(3), (EventKind)row.GetInt16(4), row.GetInt16(5), row.Time(6));
        var (received, clock, isLate) = (row.Time(7), (EventClock)row.GetInt16(8), row.GetInt16(9) != 0);
        var episode = row.TextOrNull(10);
        return new(
            vehicle, id, Names.Of(type), Names.Of(kind), level, row.TimeOrNull(11) ?? at, received, Names.Of(clock), isLate,
                episode);
    }

    private static EventDetail ToDetail(DbDataReader row)
    {
        var view = ToEvent(row);
        using var body = JsonDocument.Parse(row.GetString(12));
        return new(view, body.RootElement.Clone());
    }
}
