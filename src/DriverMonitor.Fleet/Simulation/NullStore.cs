using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Simulation;

/// <summary>Takes everything and keeps nothing: what receiving alone costs.</summary>
internal sealed class NullStore(FleetDatabase database) : IEventStore
{
    public FleetDatabase Database => database;

    public Task MigrateAsync(CancellationToken stop) => Task.CompletedTask;

    public Task<PutResult> PutAsync(EventBatch batch, CancellationToken stop) => Task.FromResult(new PutResult(batch.Events, 0));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
