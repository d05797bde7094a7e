using System.Data.Common;

namespace DriverMonitor.Fleet.Storage;

/// <summary>
/// Plain SQL files inside the program, applied in order of their names, each once and in a transaction of its own.
/// </summary>
internal sealed class Migrator(FleetDatabase database, TimeProvider time)
{
    /// <summary>Of all programs that start at the same time one migrates and the others wait.</summary>
    private const long PostgresLock = 0x646d_666c_6565_7400;

    /// <summary>Names of the files that were applied now.</summary>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken stop)
    {
        await using var connection = await OpenAsync(stop);
        List<string> applied = [];
        foreach (var file in Files(database.IsPostgres ? "postgres/" : "sqlite/"))
        {
            if (await ApplyAsync(connection, file, stop)) applied.Add(file);
        }

        return applied;
    }

    /// <exception cref="IOException">It cannot be opened; with its name, which the provider leaves out.</exception>
    private async Task<DbConnection> OpenAsync(CancellationToken stop)
    {
        try
        {
            return await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        }
        catch (DbException e)
        {
            throw new IOException($"Fleet:Store: {database.Name}: {e.Message}", e);
        }
    }

    private async Task<bool> ApplyAsync(DbConnection connection, string file, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (database.IsPostgres)
            await connection.ExecuteAsync($"select pg_advisory_xact_lock({PostgresLock})", stop);
        await connection.ExecuteAsync(
            "create table if not exists schema_version (name text primary key, applied_at bigint not null)", stop);
        if (await connection.ScalarAsync<string>("select name from schema_version where name = @name", stop, ("name", file))
            is not null) return false;
        await connection.ExecuteAsync(await TextAsync(file, stop), stop);
        await connection.ExecuteAsync(
            "insert into schema_version (name, applied_at) values (@name, @at)", stop,
            ("name", file), ("at", time.GetUtcNow().ToUnixTimeMilliseconds()));
        await transaction.CommitAsync(stop);
        return true;
    }

    private static IEnumerable<string> Files(string side) =>
        typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(side, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static async Task<string> TextAsync(string file, CancellationToken stop)
    {
        using var reader = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream(file)!);
        return await reader.ReadToEndAsync(stop);
    }
}
