using System.Data.Common;
using System.Globalization;
using DriverMonitor.Fleet.Files;
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

    /// <summary>
    /// Of a file only one may write. SQLite lets a busy receiver pass those who wait again and again; here each has a turn.
    /// </summary>
    private readonly SemaphoreSlim _turns = new(1);

    private readonly NpgsqlDataSource? _postgres;
    private readonly string _file = "";

    /// <param name="store">A file, or a connection string of PostgreSQL.</param>
    public FleetDatabase(string store)
    {
        IsPostgres = store.Contains("Host=", StringComparison.OrdinalIgnoreCase);
        Name = IsPostgres ? "PostgreSQL" : store;
        if (IsPostgres) _postgres = Server(store);
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

    /// <summary>To be held while something is written; a server needs none, and everybody has one at once.</summary>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken stop)
    {
        if (IsPostgres) return new Turn(null);
        await _turns.WaitAsync(stop);
        return new Turn(_turns);
    }

    public async ValueTask DisposeAsync()
    {
        _turns.Dispose();
        if (_postgres is not null) await _postgres.DisposeAsync();
        else SqliteConnection.ClearPool(new(_file));
    }

    private async Task<DbConnection> OpenFileAsync(CancellationToken stop)
    {
        MakeFile();
        var connection = new SqliteConnection(_file);
        await connection.OpenAsync(stop);
        await connection.ExecuteAsync(
            // Waits within the library, which asks again after milliseconds; the driver around it would sleep 150 ms each time.
            "pragma busy_timeout=30000; pragma journal_mode=wal; pragma synchronous=full; pragma journal_size_limit=67108864; "
                + "pragma secure_delete=on", stop);
        return connection;
    }

    private static NpgsqlDataSource Server(string store)
    {
        try
        {
            return NpgsqlDataSource.Create(store);
        }
        catch (ArgumentException e)
        {
            throw new ConfigurationException($"Fleet:Store is no connection string of PostgreSQL: {e.Message}", e);
        }
    }

    /// <summary>
    /// Nobody else may read it, and where an administrator's command is the first to open it, it is still the service's.
    /// </summary>
    private void MakeFile()
    {
        if (File.Exists(Name)) return;
        try
        {
            PrivateFile.Reserve(Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else was faster, or SQLite says in a moment what cannot be done, as it does of every statement.
        }
    }

    private sealed class Turn(SemaphoreSlim? turns) : IDisposable
    {
        public void Dispose() => turns?.Release();
    }
}
