using System.Text.Json.Nodes;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Orders;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>Asking vehicles for something: first shown who would get it, then sent to exactly those.</summary>
internal sealed class OrderRequests(OrderDesk desk, OrderEndpoints orders, AuditChain audit)
{
    private const int MostNames = 10_000, LongestKey = 64;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/orders/possible", () => TypedResults.Ok(new PossibleOrders(desk.Names, [.. ConfigRules.Keys]))).Needs(ApiToken.Read)
            .WithSummary("What this console may ask vehicles; nothing without a key of its own.");
        api.MapPost("/orders", AskAsync).Needs(ApiToken.Orders)
            .Produces(StatusCodes.Status429TooManyRequests)
            .WithSummary("Asks one vehicle for something. With the same Idempotency-Key nothing is sent twice.");
        api.MapPost("/orders/bulk", SendAsync).Needs(ApiToken.Orders)
            .WithSummary("Asks vehicles for something. With isDryRun it tells who would get it and what to send as confirm.");
    }

    private async Task<Results<
        Created<OrderView>, Ok<OrderView>, BadRequest<string>, NotFound<string>, Conflict<string>, StatusCodeHttpResult>>
        AskAsync(HttpContext context, NewOrder asked, [FromHeader(Name = "Idempotency-Key")] string? key = null)
    {
        var (caller, stop, args) = (Access.TokenOf(context), context.RequestAborted, asked.Args ?? []);
        if (!TopicName.IsName(asked.Vehicle)) return TypedResults.BadRequest("vehicle is no name.");
        if (key is not null && (key.Length is 0 or > LongestKey || !key.All(letter => letter is > ' ' and <= '~')))
            return TypedResults.BadRequest($"Idempotency-Key must have 1 to {LongestKey} printable characters.");
        if (desk.Fault(asked.Name, args) is { } fault) return TypedResults.BadRequest(fault + ".");
        // Before it leaves: what was asked stays told, also if this program ends in between.
        await audit.AppendAsync(caller.Tenant, caller.Who, $"order {asked.Name} {args.ToJsonString()} to {asked.Vehicle}", stop);
        var (outcome, id) = await desk.SendAsync(
            caller.Tenant, caller.TenantName, asked.Vehicle, asked.Name, args, caller.Who, key, stop);
        switch (outcome)
        {
            case OrderOutcome.Asked: return TypedResults.Created($"/api/v1/orders/{id}", await orders.FindAsync(caller.Tenant, id, stop));
            case OrderOutcome.Repeated: return TypedResults.Ok(await orders.FindAsync(caller.Tenant, id, stop));
            case OrderOutcome.Contradicted: return TypedResults.Conflict("this Idempotency-Key asked for something else before.");
            case OrderOutcome.Unknown: return TypedResults.NotFound("there is no such vehicle.");
            default:
                context.Response.Headers.RetryAfter = "60";
                return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }
    }

    private async Task<Results<Ok<OrderPlan>, BadRequest<string>, Conflict<string>>> SendAsync(
        HttpContext context, BulkOrder asked)
    {
        var (caller, stop, args) = (Access.TokenOf(context), context.RequestAborted, asked.Args ?? []);
        if (desk.Fault(asked.Name, args) is { } fault) return TypedResults.BadRequest(fault + ".");
        if (asked.Vehicles is not { Length: > 0 and <= MostNames } names) return TypedResults.BadRequest("vehicles must name some, or *.");
        var (known, unknown) = await desk.FindAsync(caller.Tenant, names, stop);
        // Who else has come meanwhile was not shown, and gets nothing.
        var confirm = Secret.HashOf($"{caller.Tenant} {asked.Name} {args.ToJsonString()} {string.Join(' ', known)}")[..32];
        var meant = OrderDesk.MeantBy(asked.Name, args, caller.TenantName, known);
        if (asked.IsDryRun) return TypedResults.Ok(new OrderPlan(known, unknown, confirm, [], meant));
        if (asked.Confirm != confirm) return TypedResults.Conflict("this is not what was shown; show it again.");
        await audit.AppendAsync(caller.Tenant, caller.Who, $"order {asked.Name} {args.ToJsonString()} to {known.Count} vehicles", stop);
        List<string> sent = [], busy = [];
        foreach (var vehicle in known)
        {
            var result = await desk.SendAsync(
                caller.Tenant, caller.TenantName, vehicle, asked.Name, args, caller.Who, request: null, stop);
            (result.Outcome == OrderOutcome.Asked ? sent : busy).Add(vehicle);
        }

        return TypedResults.Ok(new OrderPlan(sent, unknown, confirm, busy, meant));
    }
}

/// <summary>An order to one vehicle.</summary>
/// <param name="Name">One of <c>GET orders/possible</c>.</param>
internal sealed record NewOrder(string Vehicle, string Name, JsonObject? Args = null);

/// <param name="Confirm">As the dry run told it.</param>
internal sealed record BulkOrder(
    string Name, string[]? Vehicles, JsonObject? Args = null, bool IsDryRun = true, string? Confirm = null);

/// <param name="Unknown">Names that no vehicle of this tenant has.</param>
/// <param name="Confirm">To be sent with the order itself.</param>
/// <param name="Busy">Asked too often within a minute: nothing was sent to them.</param>
/// <param name="Meant">Of an update: whose turn it is by its share. Each vehicle finds the same by itself. Null with other orders.</param>
internal sealed record OrderPlan(
    IReadOnlyList<string> Vehicles, IReadOnlyList<string> Unknown, string Confirm, IReadOnlyList<string> Busy,
    IReadOnlyList<string>? Meant = null);

internal sealed record PossibleOrders(IReadOnlyList<string> Names, IReadOnlyList<string> Settings);
