using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Identity;

/// <summary>
/// Links that make an account, or give it a new password, once: nobody ever sends or knows somebody else's password.
/// </summary>
internal sealed class Invitations(FleetDatabase database, Accounts accounts, TimeProvider time)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);

    private const string Everything = "*";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Of who sets the console up; the one before no longer opens anything.</summary>
    /// <returns>The code, which nobody can be shown again.</returns>
    public async Task<string> CreateFirstAsync(CancellationToken stop)
    {
        await using (var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop))
            await connection.ExecuteAsync("delete from invitation where grants = @all and used_at is null", stop, ("all", Everything));
        return await CreateAsync("", Everything, stop);
    }

    /// <param name="name">Of the account.</param>
    public Task<string> CreateAsync(string name, IEnumerable<RoleGrant> grants, CancellationToken stop) =>
        CreateAsync(name, string.Join(' ', grants), stop);

    /// <summary>The account's name, empty where who opens it chooses one; null for a code that opens nothing.</summary>
    public async Task<string?> NameOfAsync(string code, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        return await connection.ScalarAsync<string>(
            "select name from invitation where hash = @hash and used_at is null and expires_at > @now", stop,
            ("hash", Secret.HashOf(code)), ("now", Now));
    }

    /// <summary>Makes the account. Of two who open a link at once one succeeds.</summary>
    /// <param name="name">Used where the invitation names nobody.</param>
    /// <returns>Null for a code that opens nothing (any more).</returns>
    public async Task<Account?> AcceptAsync(string code, string name, string password, CancellationToken stop)
    {
        if (await NameOfAsync(code, stop) is not { } invited) return null;
        var hash = await Task.Run(() => PasswordHash.Of(password), stop);
        string grants;
        await using (var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop))
        {
            if (await connection.ExecuteAsync(
                "update invitation set used_at = @now where hash = @hash and used_at is null and expires_at > @now", stop,
                ("hash", Secret.HashOf(code)), ("now", Now)) == 0) return null;
            grants = (await connection.ScalarAsync<string>(
                "select grants from invitation where hash = @hash", stop, ("hash", Secret.HashOf(code))))!;
        }

        var roles = grants == Everything
            ? accounts.Everything()
            : [.. grants.Split(' ').Select(RoleGrant.Parse).OfType<RoleGrant>()];
        return await accounts.PutAsync(invited.Length > 0 ? invited : name, hash, roles, stop);
    }

    private async Task<string> CreateAsync(string name, string grants, CancellationToken stop)
    {
        var code = Secret.Create();
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await connection.ExecuteAsync(
            "insert into invitation (hash, name, grants, created_at, expires_at) values (@hash, @name, @grants, @now, @until)", stop,
            ("hash", Secret.HashOf(code)), ("name", name), ("grants", grants), ("now", Now),
            ("until", Now + (long)GoodFor.TotalMilliseconds));
        return code;
    }
}
