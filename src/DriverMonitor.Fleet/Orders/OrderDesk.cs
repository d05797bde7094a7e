using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
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

    /// <param name="request">
    /// Names the request, so that a program that heard no answer may ask again: one request is one order. Null for a new one each
    /// time.
    /// </param>
    public async Task<OrderResult> SendAsync(
        int tenant, string tenantName, string vehicle, string name, JsonObject args, string who, string? request,
        CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var wanted = new Wanted(tenant, vehicle, name, args, who, request is null ? null : IdOf(tenant, request));
        var (result, counter) = await PutAsync(wanted, stop);
        if (result.Outcome != OrderOutcome.Asked) return result;
        var body = signer!.Sign(result.Id, $"{tenantName}/{vehicle}", name, args, counter, now);
        if (!await intake!.PublishAsync(TopicName.Order(tenantName, vehicle, name), body, stop)) return result;
        await using var connection = await database.OpenAsync(tenant, stop);
        await connection.ExecuteAsync("update orders set sent_at = @now where id = @id", stop, ("now", Now), ("id", result.Id));
        return result;
    }

    private async Task<(OrderResult Result, long Counter)> PutAsync(Wanted wanted, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(wanted.Tenant, stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // First, because it makes others with the same key wait until this one is done.
        var counter = await CountAsync(connection, stop);
        if (await RefusalAsync(connection, wanted, stop) is { } refusal) return (refusal, 0);
        var id = wanted.Id ?? $"{options.KeyId}-{counter:x}";
        var rows = await connection.ExecuteAsync(
            "insert into orders (id, tenant_id, vehicle_id, name, args, kid, ctr, asked_by, asked_at) "
                + "select @id, @tenant, id, @name, @args, @kid, @ctr, @who, @now from vehicle "
                + "where name = @vehicle and tenant_id = @tenant and retired_at is null",
            stop, ("id", id), ("tenant", wanted.Tenant), ("name", wanted.Name), ("args", wanted.Args.ToJsonString()),
            ("kid", options.KeyId), ("ctr", counter), ("who", wanted.Who), ("now", Now), ("vehicle", wanted.Vehicle));
        if (rows == 0) return (new(OrderOutcome.Unknown), 0);
        await transaction.CommitAsync(stop);
        return (new(OrderOutcome.Asked, id), counter);
    }

    /// <summary>Null for an order that may be put.</summary>
    private async Task<OrderResult?> RefusalAsync(DbConnection connection, Wanted wanted, CancellationToken stop)
    {
        if (wanted.Id is { } id)
        {
            var before = await connection.ReadAsync(
                "select v.name, o.name, o.args from orders o join vehicle v on v.id = o.vehicle_id where o.id = @id", row =>
                    row.GetString(0) == wanted.Vehicle && row.GetString(1) == wanted.Name
                        && JsonNode.DeepEquals(JsonNode.Parse(row.GetString(2)), wanted.Args), stop, ("id", id));
            if (before is [var isSame]) return new(isSame ? OrderOutcome.Repeated : OrderOutcome.Contradicted, id);
        }

        var recent = await connection.ScalarAsync<long>(
            "select count(*) from orders o join vehicle v on v.id = o.vehicle_id where v.name = @vehicle and v.tenant_id = @tenant "
                + "and o.asked_at > @from", stop, ("vehicle", wanted.Vehicle), ("tenant", wanted.Tenant), ("from", Now - 60_000));
        return recent >= MostAMinute ? new(OrderOutcome.Busy) : null;
    }

    /// <summary>The same for the same request of the same tenant; another's cannot be met by guessing.</summary>
    private string IdOf(int tenant, string request) =>
        $"{options.KeyId}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant} {request}")))[..24]}";

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

    /// <param name="Id">Of a request that has a name; else the counter makes one.</param>
    private sealed record Wanted(int Tenant, string Vehicle, string Name, JsonObject Args, string Who, string? Id);
}
