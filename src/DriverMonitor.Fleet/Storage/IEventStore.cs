using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>Where events are kept: a file (SQLite) or a server (PostgreSQL). Both hold the same tables.</summary>
internal interface IEventStore : IAsyncDisposable
{
    /// <summary>The tables themselves, for everything that is the same statement on both sides.</summary>
    FleetDatabase Database { get; }

    /// <summary>Brings the tables up to this version.</summary>
    Task MigrateAsync(CancellationToken stop);

    /// <summary>Stores a batch in one transaction: when this returns it is on the disk.</summary>
    /// <exception cref="StoreUnavailableException">Nothing of it was stored; try the same batch again later.</exception>
    Task<PutResult> PutAsync(EventBatch batch, CancellationToken stop);
}
