using System.Data.Common;
using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Rates;

/// <summary>
/// Keeps the counts by the hour that trends are made of, longer than the events themselves. An hour that an event falls into is
/// counted anew from all its events: to see an event twice changes nothing.
/// </summary>
internal sealed class HourCounter(FleetDatabase database) : IFeedHandler
{
    public const long Hour = 3_600_000;

    private static readonly string TimeOf =
        $"(happened_at is null and clock >= {(int)EventClock.Synced} and at >= @from and at < @to or happened_at >= @from and happened_at < @to)";

    public string Name => "hours";

    public IReadOnlyCollection<EventType> Wanted { get; } =
        [EventType.Raised, EventType.Disputed, EventType.TripEnded, EventType.ClockFix];

    public async Task HandleAsync(IReadOnlyList<FeedEvent> events, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        SortedSet<(int Vehicle, long Hour)> touched = [];
        foreach (var one in events)
        {
            if (one.Type == EventType.ClockFix) touched.UnionWith(await RestampedAsync(connection, one, stop));
            else touched.UnionWith(HoursOf(one));
        }

        List<(int Vehicle, long At, HourOfDriving Hour)> counted = [];
        foreach (var (vehicle, hour) in touched) counted.Add((vehicle, hour, await CountAsync(connection, vehicle, hour, stop)));
        // One short transaction at the end: on a file the intake waits for it.
        await using var transaction = await connection.BeginTransactionAsync(stop);
        foreach (var (vehicle, at, hour) in counted) await PutAsync(connection, vehicle, at, hour, stop);
        await transaction.CommitAsync(stop);
    }

    private static IEnumerable<(int, long)> HoursOf(FeedEvent one)
    {
        if (one.HappenedAt is not { } at) yield break;
        var from = one.Type == EventType.TripEnded && Trip.Read(at, one.Body) is { } trip ? trip.From : at;
        for (var hour = from - (from % Hour); hour <= at; hour += Hour) yield return (one.VehicleId, hour);
    }

    private static async Task<IEnumerable<(int, long)>> RestampedAsync(
        DbConnection connection, FeedEvent fix, CancellationToken stop)
    {
        var times = await connection.ReadAsync(
            "select happened_at, type, body from event where vehicle_id = @vehicle and epoch = @epoch and happened_at is not null "
                + "and type in (1, 4, 11)",
            row => fix with { HappenedAt = row.GetInt64(0), Type = (EventType)row.GetInt16(1), Body = row.GetString(2) }, stop,
            ("vehicle", fix.VehicleId), ("epoch", fix.Epoch));
        return times.SelectMany(HoursOf);
    }

    private static async Task<HourOfDriving> CountAsync(DbConnection connection, int vehicle, long hour, CancellationToken stop)
    {
        var counted = new HourOfDriving();
        var end = hour + Hour;
        var alerts = await connection.ReadAsync(
            $"select type, kind, count(*) from event where vehicle_id = @vehicle and type in (1, 4) and {TimeOf} group by type, kind",
            row => (Type: (EventType)row.GetInt16(0), Kind: (EventKind)row.GetInt16(1), Count: (int)row.GetInt64(2)), stop,
            ("vehicle", vehicle), ("from", hour), ("to", end));
        foreach (var (type, kind, count) in alerts) counted.AddAlerts(type, kind, count);
        foreach (var trip in await TripsAsync(connection, vehicle, hour, end, stop))
            counted.AddTrip(trip.Within(hour, end), trip.Judged);
        var before = await connection.ReadAsync(
            "select driven_s, judged_s, raised, disputed from hour where vehicle_id = @vehicle and at = @hour",
            row => HourOfDriving.Read(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3)), stop,
            ("vehicle", vehicle), ("hour", hour));
        foreach (var one in before) counted.KeepAtLeast(one);
        return counted;
    }

    /// <summary>Those of a vehicle that touch a stretch of time.</summary>
    public static async Task<IReadOnlyList<Trip>> TripsAsync(
        DbConnection connection, int vehicle, long from, long to, CancellationToken stop)
    {
        var trips = await connection.ReadAsync(
            $"select coalesce(happened_at, at), body from event where vehicle_id = @vehicle and type = 11 and {TimeOf}",
            row => Trip.Read(row.GetInt64(0), row.GetString(1)), stop,
            ("vehicle", vehicle), ("from", from), ("to", to + (long)Trip.Longest.TotalMilliseconds));
        return [.. trips.OfType<Trip>().Where(trip => trip.From < to)];
    }

    private static Task<int> PutAsync(
        DbConnection connection, int vehicle, long at, HourOfDriving hour, CancellationToken stop) =>
        connection.ExecuteAsync(
            """
            insert into hour (vehicle_id, at, driven_s, judged_s, raised, disputed)
            values (@vehicle, @at, @driven, @judged, @raised, @disputed)
            on conflict (vehicle_id, at) do update set driven_s = excluded.driven_s, judged_s = excluded.judged_s,
              raised = excluded.raised, disputed = excluded.disputed
            """,
            stop, ("vehicle", vehicle), ("at", at), ("driven", hour.DrivenS), ("judged", HourOfDriving.Json(hour.JudgedS)),
            ("raised", HourOfDriving.Json(hour.Raised)), ("disputed", HourOfDriving.Json(hour.Disputed)));
}
