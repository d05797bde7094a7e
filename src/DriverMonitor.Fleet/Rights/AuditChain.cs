using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Rights;

/// <summary>
/// Who looked at what, took what out, and changed what: each line bound to the one before by a SHA-256, so that a line that is
/// changed, taken out or moved is seen. It names programs and vehicles, never drivers.
/// </summary>
internal sealed class AuditChain(FleetDatabase database, TimeProvider time)
{
    /// <summary>Two programs that write at once would both follow the same line.</summary>
    private const long PostgresLock = 0x646d_666c_6175_6474;

    private static readonly string First = new('0', 64);

    /// <param name="tenant">Whose data; null for what concerns the installation.</param>
    /// <param name="what">A few words: <c>export events.csv veh-0001</c>.</param>
    public async Task AppendAsync(int? tenant, string who, string what, CancellationToken stop)
    {
        using var turn = await database.TakeTurnAsync(stop);
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (database.IsPostgres) await connection.ExecuteAsync($"select pg_advisory_xact_lock({PostgresLock})", stop);
        var before = await connection.ScalarAsync<string>("select hash from audit order by id desc limit 1", stop) ?? First;
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        await connection.ExecuteAsync(
            "insert into audit (tenant_id, at, who, what, prev, hash) values (@tenant, @at, @who, @what, @prev, @hash)", stop,
            ("tenant", tenant), ("at", at), ("who", who), ("what", what), ("prev", before),
            ("hash", HashOf(before, tenant, at, who, what)));
        await transaction.CommitAsync(stop);
    }

    /// <summary>Number of the first line that does not follow from the one before; null where all do.</summary>
    /// <remarks>Lines older than the retention are gone: the first that is left may follow any.</remarks>
    public async Task<long?> FirstBadAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await using var command = connection.Command("select id, tenant_id, at, who, what, prev, hash from audit order by id");
        await using var row = await command.ExecuteReaderAsync(stop);
        string? before = null;
        while (await row.ReadAsync(stop))
        {
            int? tenant = row.IsDBNull(1) ? null : row.GetInt32(1);
            var (prev, hash) = (row.GetString(5), row.GetString(6));
            var expected = HashOf(prev, tenant, row.GetInt64(2), row.GetString(3), row.GetString(4));
            if (hash != expected || (before is not null && prev != before)) return row.GetInt64(0);
            before = hash;
        }

        return null;
    }

    private static string HashOf(string before, int? tenant, long at, string who, string what) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{before}\n{tenant}\n{at}\n{who}\n{what}"))));
}
