using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using DriverMonitor.Core.Events;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Marks;

/// <summary>What marks read and write in the tables; committed rows only.</summary>
internal sealed class MarkTable(DbConnection connection, bool isPostgres)
{
    /// <summary>
    /// Where rows of several receivers become visible in another order than their times say: so much is looked at again.
    /// </summary>
    private const long OverlapMilliseconds = 60_000;

    /// <summary>Epochs with rows since a place, and the next place: of arrival on a server, of rows on a file.</summary>
    public async Task<(IReadOnlyList<EpochKey> Touched, long Next)> TouchedAsync(long since, long now, CancellationToken stop)
    {
        var next = isPostgres ? now : await connection.ScalarAsync<long?>("select max(rowid) from event", stop) ?? 0;
        var where = isPostgres ? "received_at > @since and received_at <= @next" : "rowid > @since and rowid <= @next";
        var touched = await connection.ReadAsync(
            $"select distinct vehicle_id, epoch from event where {where}", KeyOf, stop,
            ("since", isPostgres ? since - OverlapMilliseconds : since), ("next", next));
        return (touched, next);
    }

    /// <summary>Epochs that were not finished when somebody last looked.</summary>
    public async Task<IReadOnlyList<EpochKey>> UnfinishedAsync(CancellationToken stop) => await connection.ReadAsync(
        "select vehicle_id, epoch from epoch where closed_at is null and (mark < highest or holes <> '[]')", KeyOf, stop);

    public async Task<long> ProgressAsync(IEnumerable<int> shards, CancellationToken stop) =>
        await connection.ScalarAsync<long?>(
            $"select min(scanned_to) from mark_progress where shard in ({List(shards)}) having count(*) = {shards.Count()}", stop) ?? 0;

    public async Task SaveProgressAsync(IEnumerable<int> shards, long to, CancellationToken stop)
    {
        var rows = string.Join(',', shards.Select(shard => $"({shard}, @to)"));
        await connection.ExecuteAsync(
            $"insert into mark_progress (shard, scanned_to) values {rows} on conflict (shard) do update set scanned_to = @to",
            stop, ("to", to));
    }

    public async Task<EpochRow> ReadAsync(EpochKey key, CancellationToken stop)
    {
        var known = await connection.ReadAsync(
            """
            select e.mark, e.asked, e.marked_at, e.closed_at, t.name, v.name, n.seen_at
            from vehicle v join tenant t on t.id = v.tenant_id
            left join epoch e on e.vehicle_id = v.id and e.epoch = @epoch left join vehicle_now n on n.vehicle_id = v.id
            where v.id = @vehicle
            """,
            row => new EpochRow(
                new(row.GetString(4), row.GetString(5)), Number(row, 0) ?? 0, (int)(Number(row, 1) ?? 0), Number(row, 2),
                Number(row, 3) is not null, Number(row, 6) ?? 0),
            stop, ("vehicle", key.Vehicle), ("epoch", (long)key.Epoch));
        return known[0];
    }

    /// <summary>Stored numbers above the mark, rising, and when each was received.</summary>
    public Task<List<(long Seq, long ReceivedAt)>> RowsAboveAsync(EpochKey key, long mark, CancellationToken stop) =>
        connection.ReadAsync(
            "select seq, received_at from event where vehicle_id = @vehicle and epoch = @epoch and seq > @mark order by seq",
            row => (row.GetInt64(0), row.GetInt64(1)), stop,
            ("vehicle", key.Vehicle), ("epoch", (long)key.Epoch), ("mark", mark));

    public Task<List<SeqRange>> LostAsync(EpochKey key, long mark, CancellationToken stop) => connection.ReadAsync(
        $"""
        select first, last from finding
        where vehicle_id = @vehicle and epoch = @epoch and last > @mark
          and kind in ({(int)FindingKind.Gap}, {(int)FindingKind.Hole})
        """,
        row => new SeqRange(row.GetInt64(0), row.GetInt64(1)), stop,
        ("vehicle", key.Vehicle), ("epoch", (long)key.Epoch), ("mark", mark));

    /// <summary>Nobody has these any more: from now on they count as lost, and the operator can see it.</summary>
    public async Task GiveUpAsync(
        EpochKey key, VehicleName name, IEnumerable<SeqRange> holes, long now, CancellationToken stop)
    {
        foreach (var hole in holes)
        {
            var finding = new Finding(name, now, FindingKind.Hole, $"{hole.From} to {hole.To}: never came, although asked for")
            {
                Numbers = (key.Epoch, hole.From, hole.To),
            };
            await FindingRows.PutAsync(connection, key.Vehicle, finding, stop);
        }
    }

    /// <param name="markedAt">When it was told; null if only looked at.</param>
    public Task<int> SaveAsync(
        EpochKey key, SequenceState state, long mark, int asked, long? markedAt, long now, CancellationToken stop) =>
        connection.ExecuteAsync(
            """
            insert into epoch (vehicle_id, epoch, mark, highest, holes, asked, marked_at, first_at, last_at)
            values (@vehicle, @epoch, @mark, @highest, @holes, @asked, @marked, @now, @now)
            on conflict (vehicle_id, epoch) do update set
              mark = excluded.mark, highest = excluded.highest, holes = excluded.holes, asked = excluded.asked,
              marked_at = coalesce(excluded.marked_at, epoch.marked_at), last_at = excluded.last_at
            """,
            stop, ("vehicle", key.Vehicle), ("epoch", (long)key.Epoch), ("mark", mark), ("highest", state.Highest),
            ("holes", JsonSerializer.Serialize(state.Holes.Select(hole => new[] { hole.From, hole.To }))), ("asked", asked),
            ("marked", markedAt is { } at ? (object)at : DBNull.Value), ("now", now));

    private static EpochKey KeyOf(DbDataReader row) => new(row.GetInt32(0), (ulong)row.GetInt64(1));

    private static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    private static string List(IEnumerable<int> numbers) =>
        string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>One epoch of one vehicle.</summary>
internal readonly record struct EpochKey(int Vehicle, ulong Epoch);

/// <param name="Mark">As told last.</param>
/// <param name="MarkedAt">When; null before the first.</param>
/// <param name="SeenAt">When the vehicle last said anything of itself; 0 if never.</param>
internal sealed record EpochRow(VehicleName Vehicle, long Mark, int Asked, long? MarkedAt, bool IsClosed, long SeenAt);
