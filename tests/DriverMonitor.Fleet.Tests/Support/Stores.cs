using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>Both kinds of store, by the name that a theory's row gives.</summary>
internal static class Stores
{
    public static async Task<FleetDatabase> CreateAsync(string kind, TemporaryFolder folder) =>
        new(await AddressAsync(kind, folder));

    public static async Task<string> AddressAsync(string kind, TemporaryFolder folder)
    {
        if (kind == "sqlite") return folder.PathOf("fleet.db");
        var server = await PostgresServer.Running;
        Assert.True(server is not null, "PostgreSQL is not installed; tests/run.sh installs it.");
        return await server!.CreateDatabaseAsync();
    }
}
