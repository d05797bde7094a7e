using System.Data.Common;
using DriverMonitor.Fleet.Wire;
using Npgsql;
using NpgsqlTypes;

namespace DriverMonitor.Fleet.Storage;

/// <summary>
/// Events in PostgreSQL, for receivers of any number. A batch is one <c>insert</c> from arrays, of which the key takes each event
/// once, whoever brings it; as fast as a copy into the same table, which would fail at the first repeat.
/// </summary>
internal sealed class PostgresEventStore(FleetDatabase database, TimeProvider time) : IEventStore
{
    private const string DiskFull = "53100";

    private const string InsertEvents =
        """
        insert into event (vehicle_id, boot, epoch, seq, at, received_at, mono, type, kind, level, clock, late, episode, body)
        select v, b, e, s, a, $5, m, t, k, l, c, o, i, d
        from unnest($1, $2, $3, $4, $6, $7, $8, $9, $10, $11, $12, $13, $14) as x (v, b, e, s, a, m, t, k, l, c, o, i, d)
        on conflict (vehicle_id, epoch, seq, at) do nothing
        returning vehicle_id, epoch, seq, at, (select pg_notify('drivermonitor_stored', ($5::bigint)::text))
        """;

    private const string UpsertEpisodes =
        """
        insert into episode (vehicle_id, epoch, episode, kind, rule, raised_at, cleared_at, disputed_at, last_at, top_level)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (vehicle_id, epoch, episode) do update set
          raised_at = coalesce(episode.raised_at, excluded.raised_at),
          cleared_at = coalesce(episode.cleared_at, excluded.cleared_at),
          disputed_at = coalesce(episode.disputed_at, excluded.disputed_at),
          last_at = greatest(episode.last_at, excluded.last_at), top_level = greatest(episode.top_level, excluded.top_level)
        """;

    private const string SelectTwice =
        """
        select i from unnest($1, $2, $3, $4, $5) as x (i, v, e, s, a) where exists (
          select 1 from event o where o.vehicle_id = x.v and o.epoch = x.e and o.seq = x.s and o.at <> x.a)
        """;

    private readonly VehicleNumbers _numbers = new();
    private readonly HighestNumbers _highest = new();
    private Disclosure? _disclosure;
    private NpgsqlConnection? _writer;

    public FleetDatabase Database => database;

    public Task MigrateAsync(CancellationToken stop) => new Migrator(database, time).MigrateAsync(stop);

    public async Task<PutResult> PutAsync(EventBatch batch, CancellationToken stop)
    {
        try
        {
            return await WriteAsync(batch, stop);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            await ResetAsync();
            throw new StoreUnavailableException($"{database.Name}: {e.Message}", e)
            {
                IsFull = e is PostgresException { SqlState: DiskFull },
            };
        }
    }

    public async ValueTask DisposeAsync() => await ResetAsync();

    private async Task<PutResult> WriteAsync(EventBatch batch, CancellationToken stop)
    {
        _writer ??= (NpgsqlConnection)await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await using var transaction = await _writer.BeginTransactionAsync(stop);
        try
        {
            await _numbers.AddAsync(_writer, batch.Vehicles, batch.ReceivedAt, stop);
            batch = await (_disclosure ??= new(_numbers)).ApplyAsync(_writer, batch, stop);
            var fresh = await InsertAsync(batch, stop);
            if (EpisodeRow.Of(fresh, _numbers) is { Count: > 0 } episodes) await UpsertAsync(episodes, stop);
            if (batch.Contacts.Count > 0) await PutContactsAsync(batch.Contacts, stop);
            var twice = await TwiceAsync(fresh, batch.ReceivedAt, stop);
            Finding[] findings = [.. batch.Findings, .. twice.DistinctBy(one => (one.Vehicle, one.Numbers))];
            await SideRows.PutAsync(_writer, _numbers, fresh, findings, batch.ReceivedAt, stop);
            await transaction.CommitAsync(stop);
            return new(fresh, batch.Events.Count - fresh.Count);
        }
        catch
        {
            _numbers.Reset();
            _highest.Reset();
            throw;
        }
    }

    private async Task<List<FleetEvent>> InsertAsync(EventBatch batch, CancellationToken stop)
    {
        var fresh = batch.Events.Where(one => one.Seq == 0).ToList();
        var events = new Dictionary<EventKey, FleetEvent>(batch.Events.Count);
        foreach (var one in batch.Events)
        {
            if (one.Seq > 0) events.TryAdd(EventKey.Of(one, _numbers), one);
        }

        if (events.Count == 0) return fresh;
        // In one order for everybody: two receivers with the same repeats must not wait for each other.
        var sent = new EventColumns([.. events.OrderBy(one => one.Key)]);
        await using var command = new NpgsqlCommand(InsertEvents, _writer);
        sent.AddTo(command, batch.ReceivedAt);
        await command.PrepareAsync(stop);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            fresh.Add(events[new(reader.GetInt32(0), (ulong)reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3))]);
        }

        return fresh;
    }

    /// <summary>Of what was stored now, numbers that are there with another stamp, too.</summary>
    private async Task<List<Finding>> TwiceAsync(List<FleetEvent> fresh, long at, CancellationToken stop)
    {
        var doubtful = fresh.Where(one => one.Seq > 0 && _highest.MayRepeat(EventKey.Of(one, _numbers))).ToList();
        if (doubtful.Count == 0) return [];
        await using var command = new NpgsqlCommand(SelectTwice, _writer);
        command.AddArray(NpgsqlDbType.Integer, Enumerable.Range(0, doubtful.Count).ToArray());
        command.AddArray(NpgsqlDbType.Integer, doubtful.ConvertAll(one => _numbers.Of(one.Vehicle)));
        command.AddArray(NpgsqlDbType.Bigint, doubtful.ConvertAll(one => (long)one.Epoch));
        command.AddArray(NpgsqlDbType.Bigint, doubtful.ConvertAll(one => one.Seq));
        command.AddArray(NpgsqlDbType.Bigint, doubtful.ConvertAll(one => one.At));
        await command.PrepareAsync(stop);
        List<Finding> twice = [];
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) twice.Add(HighestNumbers.FindingOf(doubtful[reader.GetInt32(0)], at));
        return twice;
    }

    private async Task UpsertAsync(List<EpisodeRow> rows, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(UpsertEpisodes, _writer);
        command.AddArray(NpgsqlDbType.Integer, rows.ConvertAll(row => row.Vehicle));
        command.AddArray(NpgsqlDbType.Bigint, rows.ConvertAll(row => (long)row.Epoch));
        command.AddArray(NpgsqlDbType.Text, rows.ConvertAll(row => row.Episode));
        command.AddArray(NpgsqlDbType.Smallint, rows.ConvertAll(row => (short)row.Kind));
        command.AddArray(NpgsqlDbType.Text, rows.ConvertAll(row => row.Rule));
        command.AddArray(NpgsqlDbType.Bigint, rows.ConvertAll(row => row.RaisedAt));
        command.AddArray(NpgsqlDbType.Bigint, rows.ConvertAll(row => row.ClearedAt));
        command.AddArray(NpgsqlDbType.Bigint, rows.ConvertAll(row => row.DisputedAt));
        command.AddArray(NpgsqlDbType.Bigint, rows.ConvertAll(row => row.LastAt));
        command.AddArray(NpgsqlDbType.Smallint, rows.ConvertAll(row => (short)row.TopLevel));
        await command.PrepareAsync(stop);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>One round trip for all; in the order of vehicles, or two receivers would wait for each other for ever.</summary>
    private async Task PutContactsAsync(IReadOnlyList<VehicleContact> contacts, CancellationToken stop)
    {
        await using var all = new NpgsqlBatch(_writer);
        foreach (var contact in contacts.OrderBy(contact => _numbers.Of(contact.Vehicle)))
        {
            foreach (var (sql, values) in ContactRows.StatementsFor(_numbers.Of(contact.Vehicle), contact))
            {
                var one = new NpgsqlBatchCommand(sql);
                foreach (var (name, value) in values) one.Parameters.Add(new NpgsqlParameter(name, value ?? DBNull.Value));
                all.BatchCommands.Add(one);
            }
        }

        await all.ExecuteNonQueryAsync(stop);
    }

    private async Task ResetAsync()
    {
        _numbers.Reset();
        _highest.Reset();
        if (_writer is { } writer)
        {
            // Other pooled sessions are as old: to a database that was made read-only and writable again they would stay so.
            NpgsqlConnection.ClearPool(writer);
            await writer.DisposeAsync();
        }

        _writer = null;
    }
}
