using System.Globalization;
using System.Text.Json;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>What vehicles were asked, by whom, and what they answered.</summary>
internal sealed class OrderEndpoints(FleetDatabase database, AuditChain audit)
{
    private const string Columns =
        "select o.id, v.name, o.name, o.args, o.kid, o.asked_by, o.asked_at, o.sent_at, o.answer, o.answered_at from orders o "
        + "join vehicle v on v.id = o.vehicle_id where o.tenant_id = @tenant and v.tenant_id = @tenant ";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/orders", ListAsync).Needs(ApiToken.Read).WithSummary("Orders, newest first; vehicle narrows them.");
        api.MapGet("/orders/{id}", OneAsync).Needs(ApiToken.Read).WithSummary("One order with its answer.");
    }

    private async Task<Results<Ok<Rows<OrderView>>, BadRequest<string>>> ListAsync(
        HttpContext context, string? vehicle = null, long before = long.MaxValue, int limit = FleetReader.Most)
    {
        if (vehicle is not null && !TopicName.IsName(vehicle)) return TypedResults.BadRequest("vehicle is no name.");
        if (vehicle is not null) await LookedAsync(context, $"look orders {vehicle}");
        var (tenant, most) = (Access.TokenOf(context).Tenant, Math.Clamp(limit, 1, FleetReader.Most));
        await using var connection = await database.OpenAsync(tenant, context.RequestAborted);
        var rows = await connection.ReadAsync(
            Columns + (vehicle is null ? "" : "and v.name = @vehicle ") + "and o.asked_at < @before order by o.asked_at desc limit @limit",
            ToOrder, context.RequestAborted, ("tenant", tenant), ("vehicle", vehicle), ("before", before), ("limit", most));
        var next = rows.Count == most ? rows[^1].AskedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new Rows<OrderView>(rows, next));
    }

    /// <summary>Null if this tenant asked no such order.</summary>
    public async Task<OrderView?> FindAsync(int tenant, string id, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var rows = await connection.ReadAsync(Columns + "and o.id = @id", ToOrder, stop, ("tenant", tenant), ("id", id));
        return rows.FirstOrDefault();
    }

    private async Task<Results<Ok<OrderView>, NotFound>> OneAsync(HttpContext context, string id)
    {
        if (await FindAsync(Access.TokenOf(context).Tenant, id, context.RequestAborted) is not { } order)
            return TypedResults.NotFound();
        await LookedAsync(context, $"look order {order.Vehicle} {order.Name}");
        return TypedResults.Ok(order);
    }

    private Task LookedAsync(HttpContext context, string what) =>
        audit.AppendAsync(Access.TokenOf(context).Tenant, Access.TokenOf(context).Who, what, context.RequestAborted);

    private static OrderView ToOrder(System.Data.Common.DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), Json(row.GetString(3)), row.GetString(4), row.GetString(5),
        row.Time(6), row.TimeOrNull(7), row.TextOrNull(8) is { } answer ? Json(answer) : null, row.TimeOrNull(9));

    private static JsonElement Json(string text) => JsonSerializer.Deserialize<JsonElement>(text);
}

/// <summary>An order to a vehicle.</summary>
/// <param name="KeyId">The key that signed it.</param>
/// <param name="Answer">As the vehicle gave it; null while it has not.</param>
internal sealed record OrderView(
    string Id, string Vehicle, string Name, JsonElement Args, string KeyId, string AskedBy, DateTimeOffset AskedAt,
    DateTimeOffset? SentAt, JsonElement? Answer, DateTimeOffset? AnsweredAt);
