using System.Data;
using System.Data.Common;
using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Marks;

/// <summary>
/// Which vehicles this program marks: those of the shards it holds. On PostgreSQL a shard is a lock of the session, so it goes
/// with the connection, however the program ends; two holders for a moment would send two true marks. On a file all are ours.
/// </summary>
internal sealed class ShardLease(FleetDatabase database) : IAsyncDisposable
{
    public const int Shards = 64;

    private const int PostgresLock = 0x6d61_726b;
    private readonly HashSet<int> _held = [];
    private DbConnection? _session;

    public IReadOnlySet<int> Held => _held;

    public static int ShardOf(int vehicle) => vehicle % Shards;

    /// <summary>Takes what nobody holds, and finds out what was lost.</summary>
    /// <returns>What is held now and was not before.</returns>
    public async Task<IReadOnlyList<int>> UpdateAsync(CancellationToken stop)
    {
        if (!database.IsPostgres)
        {
            return [.. Enumerable.Range(0, Shards).Where(_held.Add)];
        }

        try
        {
            if (_session is null) _held.Clear();
            _session ??= await database.OpenAsync(FleetDatabase.EveryTenant, stop);
            var free = string.Join(',', Enumerable.Range(0, Shards).Except(_held));
            if (free.Length == 0)
            {
                await _session.ScalarAsync<int>("select 1", stop);
                return [];
            }

            var taken = await _session.ReadAsync(
                $"select s from unnest(array[{free}]) s where pg_try_advisory_lock({PostgresLock}, s)",
                row => row.GetInt32(0), stop);
            _held.UnionWith(taken);
            return taken;
        }
        catch (DbException)
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _held.Clear();
        if (_session is not { } session) return;
        _session = null;
        try
        {
            // Back in the pool the session would keep its locks. A broken one has none, and may not be asked.
            if (session.State == ConnectionState.Open)
                await session.ExecuteAsync("select pg_advisory_unlock_all()", CancellationToken.None);
        }
        catch (DbException)
        {
            // It broke just now.
        }

        await session.DisposeAsync();
    }
}
