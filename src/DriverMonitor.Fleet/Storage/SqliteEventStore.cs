using System.Data.Common;
using DriverMonitor.Fleet.Wire;
using Microsoft.Data.Sqlite;

namespace DriverMonitor.Fleet.Storage;

/// <summary>
/// Events in one file, for a fleet that one machine can receive. One writer; a commit is on the disk when it returns.
/// </summary>
internal sealed class SqliteEventStore(FleetDatabase database, TimeProvider time) : IEventStore
{
    private const int DiskFull = 13;
    private readonly VehicleNumbers _numbers = new();
    private readonly HighestNumbers _highest = new();
    private Disclosure? _disclosure;
    private DbConnection? _writer;
    private SqliteStatements? _statements;

    public FleetDatabase Database => database;

    public Task MigrateAsync(CancellationToken stop) => new Migrator(database, time).MigrateAsync(stop);

    public async Task<PutResult> PutAsync(EventBatch batch, CancellationToken stop)
    {
        try
        {
            return await WriteAsync(batch, stop);
        }
        catch (SqliteException e)
        {
            await ResetAsync();
            throw new StoreUnavailableException($"{database.Name}: {e.Message}", e) { IsFull = e.SqliteErrorCode == DiskFull };
        }
    }

    public async ValueTask DisposeAsync() => await ResetAsync();

    private async Task<PutResult> WriteAsync(EventBatch batch, CancellationToken stop)
    {
        using var turn = await database.TakeTurnAsync(stop);
        _writer ??= await OpenAsync(stop);
        _statements ??= new((SqliteConnection)_writer);
        await using var transaction = await _writer.BeginTransactionAsync(stop);
        try
        {
            await _numbers.AddAsync(_writer, batch.Vehicles, batch.ReceivedAt, stop);
            batch = await (_disclosure ??= new(_numbers)).ApplyAsync(_writer, batch, stop);
            var fresh = Insert(_statements, batch);
            foreach (var row in EpisodeRow.Of(fresh, _numbers)) _statements.Upsert(row);
            foreach (var contact in batch.Contacts)
                await ContactRows.PutAsync(_writer, _numbers.Of(contact.Vehicle), contact, stop);
            var twice = Twice(_statements, fresh, batch.ReceivedAt);
            Finding[] findings = [.. batch.Findings, .. twice.DistinctBy(one => (one.Vehicle, one.Numbers))];
            await SideRows.PutAsync(_writer, _numbers, fresh, findings, batch.ReceivedAt, stop);
            await transaction.CommitAsync(stop);
            return new(fresh, batch.Events.Count - fresh.Count);
        }
        catch
        {
            // What was added to it may be rolled back with the rest.
            _numbers.Reset();
            _highest.Reset();
            throw;
        }
    }

    /// <summary>
    /// Every vehicle has pages of its own in each index, so a batch changes many, and the next batch the same: they are kept in
    /// memory (16 MB), and carried from the log (8 MB) to the file once for many batches. A log that may grow beyond what a small
    /// disk has left fills it before it is ever carried over.
    /// </summary>
    private async Task<DbConnection> OpenAsync(CancellationToken stop)
    {
        var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await connection.ExecuteAsync("pragma cache_size=-16384; pragma wal_autocheckpoint=2048", stop);
        return connection;
    }

    private List<FleetEvent> Insert(SqliteStatements statements, EventBatch batch)
    {
        var fresh = new List<FleetEvent>(batch.Events.Count);
        foreach (var one in batch.Events)
        {
            if (one.Seq == 0 || statements.Insert(one, _numbers.Of(one.Vehicle), batch.ReceivedAt)) fresh.Add(one);
        }

        return fresh;
    }

    /// <summary>Of what was stored now, numbers that are there with another stamp, too.</summary>
    private IEnumerable<Finding> Twice(SqliteStatements statements, List<FleetEvent> fresh, long at)
    {
        foreach (var one in fresh)
        {
            if (one.Seq > 0 && EventKey.Of(one, _numbers) is var key && _highest.MayRepeat(key) && statements.IsTwice(key))
                yield return HighestNumbers.FindingOf(one, at);
        }
    }

    private async Task ResetAsync()
    {
        _numbers.Reset();
        _highest.Reset();
        _statements?.Dispose();
        _statements = null;
        if (_writer is { } writer) await writer.DisposeAsync();
        _writer = null;
    }
}
