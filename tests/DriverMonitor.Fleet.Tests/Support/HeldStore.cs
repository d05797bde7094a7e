using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>A real store whose first commit waits until the test lets it go on.</summary>
internal sealed class HeldStore(IEventStore store) : IEventStore
{
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _free = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a batch has come to be stored.</summary>
    public Task Held => _held.Task;

    public FleetDatabase Database => store.Database;

    public void Release() => _free.TrySetResult();

    public Task MigrateAsync(CancellationToken stop) => store.MigrateAsync(stop);

    public async Task<PutResult> PutAsync(EventBatch batch, CancellationToken stop)
    {
        _held.TrySetResult();
        await _free.Task.WaitAsync(stop);
        return await store.PutAsync(batch, stop);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
