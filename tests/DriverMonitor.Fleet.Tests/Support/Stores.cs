using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>Both kinds of store, by the name that a theory's row gives.</summary>
internal static class Stores
{
    /// <summary>The tenant of simulated vehicles.</summary>
    public static readonly string[] Demo = ["demo"];

    public static async Task<FleetDatabase> CreateAsync(string kind, TemporaryFolder folder) =>
        new(await AddressAsync(kind, folder));

    /// <summary>A store with its tables.</summary>
    public static async Task<IEventStore> OpenAsync(string kind, TemporaryFolder folder)
    {
        var store = Open(await AddressAsync(kind, folder));
        await store.MigrateAsync(default);
        return store;
    }

    public static IEventStore Open(string address)
    {
        var database = new FleetDatabase(address);
        return database.IsPostgres
            ? new PostgresEventStore(database, TimeProvider.System)
            : new SqliteEventStore(database, TimeProvider.System);
    }

    public static async Task<string> AddressAsync(string kind, TemporaryFolder folder)
    {
        if (kind == "sqlite") return folder.PathOf("fleet.db");
        var server = await PostgresServer.Running;
        Assert.True(server is not null, "PostgreSQL is not installed; tests/run.sh installs it.");
        return await server!.CreateDatabaseAsync();
    }
}
