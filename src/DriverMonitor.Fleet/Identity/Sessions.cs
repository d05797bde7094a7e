using System.Collections.Concurrent;
using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Identity;

/// <summary>A browser that somebody has signed in with.</summary>
/// <param name="Tenant">The one that is looked at.</param>
internal sealed record Session(string Hash, Account Account, int Tenant);

/// <summary>
/// Who has signed in, in the store, so that every console knows them. A sign-in always makes a new cookie: one that somebody was
/// made to carry before is worth nothing afterwards.
/// </summary>
internal sealed class Sessions(FleetDatabase database, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(12);

    /// <summary>Streams of sessions that this process serves: they end with their session.</summary>
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _ends = new(StringComparer.Ordinal);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <returns>The cookie.</returns>
    public async Task<string> OpenAsync(int account, int tenant, CancellationToken stop)
    {
        var token = Secret.Create();
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await connection.ExecuteAsync("delete from session where expires_at <= @now", stop, ("now", Now));
        await connection.ExecuteAsync(
            "insert into session (hash, account_id, tenant_id, begun_at, expires_at) values (@hash, @account, @tenant, @now, @until)",
            stop, ("hash", Secret.HashOf(token)), ("account", account), ("tenant", tenant), ("now", Now),
            ("until", Now + (long)GoodFor.TotalMilliseconds));
        return token;
    }

    /// <summary>Null for a cookie that is unknown or over.</summary>
    public async Task<Session?> FindAsync(string token, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var hash = Secret.HashOf(token);
        var found = await connection.ReadAsync(
            "select a.id, a.name, s.tenant_id from session s join account a on a.id = s.account_id "
                + "where s.hash = @hash and s.expires_at > @now and a.removed_at is null",
            row => new Session(hash, new(row.GetInt32(0), row.GetString(1), null), row.GetInt32(2)), stop,
            ("hash", hash), ("now", Now));
        return found.FirstOrDefault();
    }

    public async Task LookAtAsync(Session session, int tenant, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await connection.ExecuteAsync(
            "update session set tenant_id = @tenant where hash = @hash", stop, ("tenant", tenant), ("hash", session.Hash));
        // A stream of the tenant before must not go on.
        End(session);
    }

    public async Task CloseAsync(Session session, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await connection.ExecuteAsync("delete from session where hash = @hash", stop, ("hash", session.Hash));
        End(session);
    }

    /// <summary>Cancelled when the session ends in this process.</summary>
    public CancellationToken EndOf(Session session) => _ends.GetOrAdd(session.Hash, _ => new()).Token;

    public void Dispose()
    {
        foreach (var end in _ends.Values) end.Dispose();
    }

    private void End(Session session)
    {
        if (_ends.TryRemove(session.Hash, out var end)) end.Cancel();
    }
}
