using System.Data.Common;
using System.Globalization;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Rates;

/// <summary>What a stretch of time of one vehicle looked like, in as many pieces as fit on a screen.</summary>
internal sealed class TimelineReader(FleetDatabase database)
{
    /// <summary>Pieces of one answer.</summary>
    public const int MostPieces = 500;

    /// <summary>More lost ranges than that are shown as findings, not drawn.</summary>
    private const int MostGaps = 200;

    private static readonly string TimeOf =
        "(happened_at is null and at >= @from and at < @to or happened_at >= @from and happened_at < @to)";

    public async Task<IReadOnlyList<TimelinePiece>> ReadAsync(
        int tenant, int vehicle, long from, long to, int pieces, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var timeline = new Timeline(from, to, pieces);
        foreach (var (at, type, level, count) in await CountsAsync(connection, vehicle, timeline, stop))
            timeline.AddEvents(at, type, level, count);
        foreach (var hour in await HoursAsync(connection, vehicle, from, to, stop))
            timeline.AddHeard(hour, hour + HourCounter.Hour);
        foreach (var trip in await HourCounter.TripsAsync(connection, vehicle, from, to, stop)) timeline.AddTrip(trip);
        foreach (var (begin, end, lost) in await GapsAsync(connection, vehicle, from, to, stop))
            timeline.AddGap(begin, end, lost);
        return timeline.Pieces;
    }

    /// <summary>Stress and anger have no timeline of one vehicle.</summary>
    private static Task<List<(long, EventType, int, int)>> CountsAsync(
        DbConnection connection, int vehicle, Timeline timeline, CancellationToken stop) => connection.ReadAsync(
        $"""
        select (coalesce(happened_at, at) - @from) / @width, type, max(level), count(*) from event
        where vehicle_id = @vehicle and kind not in ({(int)EventKind.Stress}, {(int)EventKind.Anger}) and {TimeOf} group by 1, 2
        """,
        row => (
            timeline.From + (row.GetInt64(0) * timeline.Width), (EventType)row.GetInt16(1), (int)row.GetInt16(2),
            (int)row.GetInt64(3)),
        stop, ("vehicle", vehicle), ("from", timeline.From), ("to", timeline.To), ("width", timeline.Width));

    private static Task<List<long>> HoursAsync(
        DbConnection connection, int vehicle, long from, long to, CancellationToken stop) => connection.ReadAsync(
        "select at from hour where vehicle_id = @vehicle and at > @from and at < @to", row => row.GetInt64(0), stop,
        ("vehicle", vehicle), ("from", from - HourCounter.Hour), ("to", to));

    /// <summary>Numbers have no time: a gap lies between the events before and after it.</summary>
    private static Task<List<(long, long, long)>> GapsAsync(
        DbConnection connection, int vehicle, long from, long to, CancellationToken stop) => connection.ReadAsync(
        $"""
        select * from (select coalesce((select e.at from event e where e.vehicle_id = f.vehicle_id and e.epoch = f.epoch
              and e.seq < f.first order by e.seq desc limit 1), f.at) as begins,
            coalesce((select e.at from event e where e.vehicle_id = f.vehicle_id and e.epoch = f.epoch
              and e.seq > f.last order by e.seq limit 1), f.at) as ends, f.last - f.first + 1 as lost
          from finding f where f.vehicle_id = @vehicle and f.kind = {(int)FindingKind.Gap} and f.first is not null
          order by f.id desc limit {MostGaps.ToString(CultureInfo.InvariantCulture)}) g
        where g.begins < @to and g.ends > @from
        """,
        row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), stop, ("vehicle", vehicle), ("from", from), ("to", to));
}
