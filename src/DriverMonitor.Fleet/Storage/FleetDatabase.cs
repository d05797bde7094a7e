using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace DriverMonitor.Fleet.Storage;

/// <summary>
/// Opens connections to the tables. Statements that both sides understand are written once: parameters are <c>@name</c>, times
/// are Unix milliseconds, truths are 0 and 1.
/// </summary>
internal sealed class FleetDatabase : IAsyncDisposable
{
    /// <summary>Sees the rows of every tenant: for receivers, marks and upkeep, never for a person's request.</summary>
    public const string EveryTenant = "*";

    private readonly NpgsqlDataSource? _postgres;
    private readonly string _file = "";

    /// <param name="store">A file, or a connection string of PostgreSQL.</param>
    public FleetDatabase(string store)
    {
        IsPostgres = store.Contains("Host=", StringComparison.OrdinalIgnoreCase);
        Name = IsPostgres ? "PostgreSQL" : store;
        if (IsPostgres) _postgres = NpgsqlDataSource.Create(store);
        else _file = new SqliteConnectionStringBuilder { DataSource = store, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
    }

    public bool IsPostgres { get; }

    /// <summary>For log lines: never with a password.</summary>
    public string Name { get; }

    /// <summary>A connection on which PostgreSQL shows rows of one tenant only, whatever the statement says.</summary>
    /// <param name="tenant">Number of the tenant, or <see cref="EveryTenant"/>.</param>
    public async Task<DbConnection> OpenAsync(string tenant, CancellationToken stop)
    {
        if (_postgres is null) return await OpenFileAsync(stop);
        var connection = await _postgres.OpenConnectionAsync(stop);
        // Set for the session; the pool resets it when the connection goes back.
        await connection.ExecuteAsync("select set_config('drivermonitor.tenant', @tenant, false)", stop, ("tenant", tenant));
        return connection;
    }

    /// <inheritdoc cref="OpenAsync(string, CancellationToken)"/>
    public Task<DbConnection> OpenAsync(int tenant, CancellationToken stop) =>
        OpenAsync(tenant.ToString(CultureInfo.InvariantCulture), stop);

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        else SqliteConnection.ClearPool(new(_file));
    }

    private async Task<DbConnection> OpenFileAsync(CancellationToken stop)
    {
        var connection = new SqliteConnection(_file);
        await connection.OpenAsync(stop);
        await connection.ExecuteAsync(
            // Waits within the library, which asks again after milliseconds; the driver around it would sleep 150 ms each time.
            "pragma busy_timeout=30000; pragma journal_mode=wal; pragma synchronous=full; pragma journal_size_limit=67108864; "
                + "pragma secure_delete=on", stop);
        return connection;
    }
}
