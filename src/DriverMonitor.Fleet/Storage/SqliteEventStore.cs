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
        _writer ??= await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        _statements ??= new(_writer);
        await using var transaction = await _writer.BeginTransactionAsync(stop);
        _statements.Begin(transaction);
        try
        {
            await _numbers.AddAsync(_writer, batch.Vehicles, batch.ReceivedAt, stop);
            var fresh = new List<FleetEvent>(batch.Events.Count);
            foreach (var one in batch.Events)
            {
                if (one.Seq == 0 || _statements.Insert(one, _numbers.Of(one.Vehicle), batch.ReceivedAt)) fresh.Add(one);
            }

            foreach (var row in EpisodeRow.Of(fresh, _numbers)) _statements.Upsert(row);
            foreach (var contact in batch.Contacts)
                await ContactRows.PutAsync(_writer, _numbers.Of(contact.Vehicle), contact, stop);
            await SideRows.PutAsync(_writer, _numbers, fresh, batch.Findings, batch.ReceivedAt, stop);
            await transaction.CommitAsync(stop);
            return new(fresh, batch.Events.Count - fresh.Count);
        }
        catch
        {
            // What was added to it may be rolled back with the rest.
            _numbers.Reset();
            throw;
        }
    }

    private async Task ResetAsync()
    {
        _numbers.Reset();
        _statements?.Dispose();
        _statements = null;
        if (_writer is { } writer) await writer.DisposeAsync();
        _writer = null;
    }
}
