using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Orders;

/// <summary>
/// Asks vehicles for something, by signed orders. Each is a row before it leaves, with a counter that rises in the same
/// transaction: two consoles never sign two orders with one.
/// </summary>
/// <param name="signer">Null where the console has no key: it asks nothing.</param>
/// <param name="intake">The way to vehicles; null where this program has none.</param>
internal sealed class OrderDesk(
    FleetDatabase database, OrderOptions options, CommandSigner? signer, IIntake? intake, TimeProvider time)
{
    /// <summary>Vehicles obey ten a minute; half of them are left for others.</summary>
    private const int MostAMinute = 5;

    /// <summary>Names of the orders that may be asked; none without a key.</summary>
    public IReadOnlyList<string> Names => signer is null || intake is null ? [] : options.Names;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Null if the vehicle would take it; a few words else.</summary>
    public string? Fault(string name, JsonObject args)
    {
        if (!Names.Contains(name)) return $"the console may ask {(Names.Count == 0 ? "nothing" : string.Join(", ", Names))}";
        if (CommandReader.FaultOf(name, JsonSerializer.SerializeToElement(args)) is var (refusal, where))
            return $"{name} cannot have these arguments: {OrderRefusals.NameOf(refusal)} ({TopicName.Shown(where)})";
        return name == "config" ? FaultOfChange(args["set"]!.AsObject()) : null;
    }

    /// <summary>Whose turn it is in a rollout; null where an order means all whom it is sent to.</summary>
    public static IReadOnlyList<string>? MeantBy(string name, JsonObject args, string tenant, IReadOnlyList<string> vehicles)
    {
        if (name != FleetCommand.UpdateProgram.OrderName) return null;
        var (version, percent) = (args["version"]!.GetValue<string>(), args["percent"]!.GetValue<int>());
        return [.. vehicles.Where(vehicle => Rollout.Includes($"{tenant}/{vehicle}", version, percent))];
    }

    private static string? FaultOfChange(JsonObject set)
    {
        foreach (var (key, value) in set)
        {
            var text = value is null ? null : JsonSerializer.SerializeToElement(value).ToString();
            if (ConfigRules.Check(new(key, text)) is { } refusal) return $"{TopicName.Shown(key)}: {refusal}";
        }

        return null;
    }

    /// <summary>Vehicles of the tenant that have these names, and the names that none has; <c>*</c> means all.</summary>
    public async Task<(IReadOnlyList<string> Known, IReadOnlyList<string> Unknown)> FindAsync(
        int tenant, IReadOnlyList<string> names, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var all = await connection.ReadAsync(
            "select name from vehicle where tenant_id = @tenant and retired_at is null order by name", row => row.GetString(0), stop,
            ("tenant", tenant));
        if (names is ["*"]) return (all, []);
        var asked = names.Distinct().ToHashSet();
        return ([.. all.Where(asked.Contains)], [.. asked.Except(all).Select(TopicName.Shown)]);
    }

    /// <returns>False for a vehicle that was asked too often within a minute: nothing was sent.</returns>
    public async Task<bool> SendAsync(
        int tenant, string tenantName, string vehicle, string name, JsonObject args, string who, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (await PutAsync(tenant, vehicle, name, args, who, stop) is not var (id, counter)) return false;
        var body = signer!.Sign(id, $"{tenantName}/{vehicle}", name, args, counter, now);
        if (!await intake!.PublishAsync(TopicName.Order(tenantName, vehicle, name), body, stop)) return true;
        await using var connection = await database.OpenAsync(tenant, stop);
        await connection.ExecuteAsync("update orders set sent_at = @now where id = @id", stop, ("now", Now), ("id", id));
        return true;
    }

    private async Task<(string Id, long Counter)?> PutAsync(
        int tenant, string vehicle, string name, JsonObject args, string who, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var counter = await CountAsync(connection, stop);
        var recent = await connection.ScalarAsync<long>(
            "select count(*) from orders o join vehicle v on v.id = o.vehicle_id where v.name = @vehicle and v.tenant_id = @tenant "
                + "and o.asked_at > @from", stop, ("vehicle", vehicle), ("tenant", tenant), ("from", Now - 60_000));
        if (recent >= MostAMinute) return null;
        var id = $"{options.KeyId}-{counter:x}";
        await connection.ExecuteAsync(
            "insert into orders (id, tenant_id, vehicle_id, name, args, kid, ctr, asked_by, asked_at) "
                + "select @id, @tenant, id, @name, @args, @kid, @ctr, @who, @now from vehicle where name = @vehicle and tenant_id = @tenant",
            stop, ("id", id), ("tenant", tenant), ("name", name), ("args", args.ToJsonString()), ("kid", options.KeyId),
            ("ctr", counter), ("who", who), ("now", Now), ("vehicle", vehicle));
        await transaction.CommitAsync(stop);
        return (id, counter);
    }

    /// <summary>
    /// At least the time of day, so that a store restored from a backup counts on above what vehicles have seen.
    /// </summary>
    private async Task<long> CountAsync(DbConnection connection, CancellationToken stop)
    {
        await connection.ExecuteAsync(
            "insert into signer (kid, ctr) values (@kid, @now) on conflict (kid) do update "
                + "set ctr = case when signer.ctr + 1 > @now then signer.ctr + 1 else @now end", stop,
            ("kid", options.KeyId), ("now", Now));
        return await connection.ScalarAsync<long>("select ctr from signer where kid = @kid", stop, ("kid", options.KeyId));
    }
}
