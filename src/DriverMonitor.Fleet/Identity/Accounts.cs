using System.Data.Common;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Identity;

/// <summary>Who may sign in, and what they may do in which tenant.</summary>
internal sealed class Accounts(FleetDatabase database, FleetOptions options, TimeProvider time)
{
    private const int LongestName = 64;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Whether a person may be called so: 1 to 64 letters that can be seen, and nothing to trim.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name.Trim() == name && !name.Any(char.IsControl)
        && TopicName.Shown(name) == name;

    public async Task<bool> AnyAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        return await connection.ScalarAsync<long>("select count(*) from account where removed_at is null", stop) > 0;
    }

    public async Task<Account?> FindAsync(string name, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var found = await connection.ReadAsync(
            "select id, name, password from account where name = @name and removed_at is null",
            row => new Account(row.GetInt32(0), row.GetString(1), row.TextOrNull(2)), stop, ("name", name));
        return found.FirstOrDefault();
    }

    /// <summary>Makes an account, or gives it a new password and these roles.</summary>
    public async Task<Account> PutAsync(
        string name, string password, IReadOnlyCollection<RoleGrant> grants, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ExecuteAsync(
            "insert into account (name, password, created_at) values (@name, @password, @now) on conflict (name) do update "
                + "set password = excluded.password, removed_at = null", stop,
            ("name", name), ("password", password), ("now", Now));
        var id = await connection.ScalarAsync<int>("select id from account where name = @name", stop, ("name", name));
        await connection.ExecuteAsync("delete from session where account_id = @id", stop, ("id", id));
        await GrantAsync(connection, id, grants, stop);
        await transaction.CommitAsync(stop);
        return new(id, name, password);
    }

    /// <summary>Somebody who has signed in elsewhere, with the roles that their groups give now.</summary>
    /// <param name="subject">The provider's own and lasting name.</param>
    public async Task<Account> PutElsewhereAsync(
        string subject, string name, IReadOnlyCollection<RoleGrant> grants, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var id = await connection.ScalarAsync<int>("select id from account where subject = @subject", stop, ("subject", subject));
        if (id == 0)
        {
            // A name that somebody here has already must not become theirs.
            var isTaken = await connection.ScalarAsync<int>("select id from account where name = @name", stop, ("name", name)) != 0;
            await connection.ExecuteAsync(
                "insert into account (name, subject, created_at) values (@name, @subject, @now)", stop,
                ("name", isTaken ? $"{name} ({Secret.HashOf(subject)[..8]})" : name), ("subject", subject), ("now", Now));
            id = await connection.ScalarAsync<int>("select id from account where subject = @subject", stop, ("subject", subject));
        }

        await connection.ExecuteAsync("update account set removed_at = null where id = @id", stop, ("id", id));
        await GrantAsync(connection, id, grants, stop);
        var known = await connection.ScalarAsync<string>("select name from account where id = @id", stop, ("id", id));
        await transaction.CommitAsync(stop);
        return new(id, known!, null);
    }

    public async Task<IReadOnlyList<(int Tenant, string Name, string Role)>> RolesAsync(int account, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        return await connection.ReadAsync(
            "select t.id, t.name, g.role from role_grant g join tenant t on t.id = g.tenant_id where g.account_id = @id order by t.name",
            row => (row.GetInt32(0), row.GetString(1), row.GetString(2)), stop, ("id", account));
    }

    /// <summary>Accounts with a role in this tenant.</summary>
    public async Task<IReadOnlyList<AccountView>> ListAsync(int tenant, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var rows = await connection.ReadAsync(
            "select a.id, a.name, a.subject, a.created_at, (select max(s.begun_at) from session s where s.account_id = a.id), g.role "
                + "from account a join role_grant g on g.account_id = a.id where g.tenant_id = @tenant and a.removed_at is null "
                + "order by a.name, g.role",
            row => new AccountView(
                row.GetInt32(0), row.GetString(1), !row.IsDBNull(2), row.Time(3), row.TimeOrNull(4), [row.GetString(5)]),
            stop, ("tenant", tenant));
        return [.. rows.GroupBy(row => row.Id).Select(of => of.First() with { Roles = [.. of.SelectMany(one => one.Roles)] })];
    }

    /// <summary>
    /// Takes the roles of an account in a tenant, and the account itself when none is left; sessions end at once.
    /// </summary>
    /// <returns>Its name; null if it has no role in this tenant, or is the last administrator there.</returns>
    public async Task<string?> RemoveAsync(int tenant, int account, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var others = await connection.ScalarAsync<long>(
            "select count(*) from role_grant g join account a on a.id = g.account_id where g.tenant_id = @tenant "
                + "and g.role = 'administrator' and a.removed_at is null and a.id <> @account", stop,
            ("tenant", tenant), ("account", account));
        if (others == 0) return null;
        if (await connection.ExecuteAsync(
            "delete from role_grant where account_id = @account and tenant_id = @tenant", stop,
            ("account", account), ("tenant", tenant)) == 0) return null;
        await connection.ExecuteAsync("delete from session where account_id = @account", stop, ("account", account));
        await connection.ExecuteAsync(
            "update account set removed_at = @now, password = null where id = @account "
                + "and not exists (select 1 from role_grant g where g.account_id = @account)", stop,
            ("now", Now), ("account", account));
        var name = await connection.ScalarAsync<string>("select name from account where id = @account", stop, ("account", account));
        await transaction.CommitAsync(stop);
        return name;
    }

    /// <summary>Every role in every tenant of the settings: of who sets the console up.</summary>
    public IReadOnlyList<RoleGrant> Everything() =>
        [.. options.Tenants.SelectMany(tenant => Roles.Known.Select(role => new RoleGrant(tenant, role)))];

    private async Task GrantAsync(
        DbConnection connection, int account, IReadOnlyCollection<RoleGrant> grants, CancellationToken stop)
    {
        await connection.ExecuteAsync("delete from role_grant where account_id = @id", stop, ("id", account));
        foreach (var (tenant, role) in grants.Where(one => options.Tenants.Contains(one.Tenant)).Distinct())
        {
            await connection.ExecuteAsync(
                "insert into tenant (name) values (@tenant) on conflict (name) do nothing", stop, ("tenant", tenant));
            await connection.ExecuteAsync(
                "insert into role_grant (account_id, tenant_id, role) select @id, id, @role from tenant where name = @tenant "
                    + "on conflict do nothing", stop, ("id", account), ("role", role), ("tenant", tenant));
        }
    }
}
