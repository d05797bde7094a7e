using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>A real store whose disk is full when the test says so.</summary>
internal sealed class FullStore(IEventStore store) : IEventStore
{
    public bool IsFull { get; set; }

    public FleetDatabase Database => store.Database;

    public Task MigrateAsync(CancellationToken stop) => store.MigrateAsync(stop);

    public Task<PutResult> PutAsync(EventBatch batch, CancellationToken stop) => IsFull
        ? throw new StoreUnavailableException("database or disk is full", new IOException()) { IsFull = true }
        : store.PutAsync(batch, stop);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
