using System.Data.Common;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>The two statements that every event costs, prepared once.</summary>
internal sealed class SqliteStatements : IDisposable
{
    private readonly DbCommand _event;
    private readonly DbCommand _episode;

    public SqliteStatements(DbConnection connection)
    {
        _event = Prepare(
            connection,
            """
            insert into event (vehicle_id, boot, epoch, seq, at, received_at, mono, type, kind, level, clock, late, episode, body)
            values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13)
            on conflict (vehicle_id, epoch, seq, at) do nothing
            """, 14);
        _episode = Prepare(
            connection,
            """
            insert into episode (vehicle_id, epoch, episode, kind, rule, raised_at, cleared_at, disputed_at, last_at, top_level)
            values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9)
            on conflict (vehicle_id, epoch, episode) do update set
              raised_at = coalesce(raised_at, excluded.raised_at), cleared_at = coalesce(cleared_at, excluded.cleared_at),
              disputed_at = coalesce(disputed_at, excluded.disputed_at),
              last_at = max(last_at, excluded.last_at), top_level = max(top_level, excluded.top_level)
            """, 10);
    }

    /// <summary>The transaction that what follows belongs to.</summary>
    public void Begin(DbTransaction transaction) => _event.Transaction = _episode.Transaction = transaction;

    /// <summary>False if it was stored before.</summary>
    public bool Insert(FleetEvent one, int vehicle, long receivedAt)
    {
        Set(_event, vehicle, one.Boot, (long)one.Epoch, one.Seq, one.At, receivedAt, one.Mono, (short)one.Type, (short)one.Kind,
            (short)one.Level, (short)one.Clock, one.IsLate ? 1 : 0, (object?)one.Episode ?? DBNull.Value, one.Body);
        return _event.ExecuteNonQuery() == 1;
    }

    public void Upsert(EpisodeRow row)
    {
        Set(_episode, row.Vehicle, (long)row.Epoch, row.Episode, (short)row.Kind, row.Rule,
            Or(row.RaisedAt), Or(row.ClearedAt), Or(row.DisputedAt), row.LastAt, (short)row.TopLevel);
        _episode.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _event.Dispose();
        _episode.Dispose();
    }

    private static object Or(long? value) => value is { } known ? known : DBNull.Value;

    private static DbCommand Prepare(DbConnection connection, string sql, int values)
    {
        var command = connection.Command(sql);
        for (var i = 0; i < values; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.Value = DBNull.Value;
            command.Parameters.Add(parameter);
        }

        command.Prepare();
        return command;
    }

    private static void Set(DbCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
    }
}
