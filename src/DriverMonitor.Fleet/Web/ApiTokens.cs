using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Web;

/// <summary>Tokens of programs. Only their hash is kept, and each ends.</summary>
internal sealed class ApiTokens(FleetDatabase database, TimeProvider time)
{
    /// <summary>Tells a secret scanner what it has found.</summary>
    public const string Prefix = "dmfleet_";

    /// <summary>256 bits cannot be guessed, so a fast hash without salt is enough.</summary>
    private const int SecretBytes = 32;

    private const int UsedAtEveryMs = 60_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <returns>The token, which nobody can be shown again.</returns>
    public async Task<string> CreateAsync(
        string name, string tenant, IReadOnlyCollection<string> scopes, TimeSpan lifetime, CancellationToken stop)
    {
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await connection.ExecuteAsync(
            "insert into tenant (name) values (@tenant) on conflict (name) do nothing", stop, ("tenant", tenant));
        await connection.ExecuteAsync(
            "insert into token (tenant_id, hash, name, scopes, created_at, expires_at) "
                + "select id, @hash, @name, @scopes, @now, @until from tenant where name = @tenant",
            stop,
            ("hash", HashOf(token)), ("name", name), ("scopes", string.Join(' ', scopes)), ("now", Now),
            ("until", Now + (long)lifetime.TotalMilliseconds), ("tenant", tenant));
        return token;
    }

    /// <summary>Null for one that is unknown, over, or was taken back.</summary>
    public async Task<ApiToken?> FindAsync(string token, CancellationToken stop)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var found = await connection.ReadAsync(
            "select k.id, k.name, t.id, t.name, k.scopes, k.used_at from token k join tenant t on t.id = k.tenant_id "
                + "where k.hash = @hash and k.revoked_at is null and k.expires_at > @now",
            row => (Token: new ApiToken(
                row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4).Split(' ').ToHashSet()),
                UsedAt: row.IsDBNull(5) ? 0 : row.GetInt64(5)),
            stop, ("hash", HashOf(token)), ("now", Now));
        if (found is not [var one]) return null;
        // Asked first: on a file also a statement that changes nothing waits for the receiver's batch.
        if (one.UsedAt < Now - UsedAtEveryMs)
            await connection.ExecuteAsync("update token set used_at = @now where id = @id", stop, ("now", Now), ("id", one.Token.Id));
        return one.Token;
    }

    public async Task<IReadOnlyList<TokenRow>> ListAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        return await connection.ReadAsync(
            "select k.id, k.name, t.name, k.scopes, k.expires_at, k.used_at, k.revoked_at from token k "
                + "join tenant t on t.id = k.tenant_id order by k.id",
            row => new TokenRow(
                row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Time(4), row.TimeOrNull(5),
                !row.IsDBNull(6)),
            stop);
    }

    /// <returns>False if there is none of that number that still counts.</returns>
    public async Task<bool> RevokeAsync(int id, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        return await connection.ExecuteAsync(
            "update token set revoked_at = @now where id = @id and revoked_at is null", stop, ("now", Now), ("id", id)) == 1;
    }

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
