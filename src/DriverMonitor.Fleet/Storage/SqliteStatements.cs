using DriverMonitor.Fleet.Wire;
using Microsoft.Data.Sqlite;

namespace DriverMonitor.Fleet.Storage;

/// <summary>The statements that events cost, prepared once.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _event = new(
        connection,
        """
        insert into event (vehicle_id, boot, epoch, seq, at, received_at, mono, type, kind, level, clock, late, episode, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (vehicle_id, epoch, seq, at) do nothing
        """);

    private readonly SqliteStatement _episode = new(
        connection,
        """
        insert into episode (vehicle_id, epoch, episode, kind, rule, raised_at, cleared_at, disputed_at, last_at, top_level)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (vehicle_id, epoch, episode) do update set
          raised_at = coalesce(raised_at, excluded.raised_at), cleared_at = coalesce(cleared_at, excluded.cleared_at),
          disputed_at = coalesce(disputed_at, excluded.disputed_at),
          last_at = max(last_at, excluded.last_at), top_level = max(top_level, excluded.top_level)
        """);

    private readonly SqliteStatement _twice = new(
        connection, "select 1 from event where vehicle_id = ? and epoch = ? and seq = ? and at <> ? limit 1");

    /// <summary>False if it was stored before.</summary>
    public bool Insert(FleetEvent one, int vehicle, long receivedAt) =>
        _event.Bind(vehicle).Bind(one.Boot).Bind((long)one.Epoch).Bind(one.Seq).Bind(one.At).Bind(receivedAt).Bind(one.Mono)
            .Bind((long)one.Type).Bind((long)one.Kind).Bind(one.Level).Bind((long)one.Clock).Bind(one.IsLate ? 1 : 0)
            .Bind(one.Episode).Bind(one.Body).Execute() == 1;

    /// <summary>Whether a number is there with another stamp, too.</summary>
    public bool IsTwice(EventKey key) => _twice.Bind(key.Vehicle).Bind((long)key.Epoch).Bind(key.Seq).Bind(key.At).Finds();

    public void Upsert(EpisodeRow row) =>
        _episode.Bind(row.Vehicle).Bind((long)row.Epoch).Bind(row.Episode).Bind((long)row.Kind).Bind(row.Rule)
            .Bind(row.RaisedAt).Bind(row.ClearedAt).Bind(row.DisputedAt).Bind(row.LastAt).Bind(row.TopLevel).Execute();

    public void Dispose()
    {
        _event.Dispose();
        _episode.Dispose();
        _twice.Dispose();
    }
}
