using System.Text.Json.Nodes;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Orders;
using DriverMonitor.Fleet.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>Asking vehicles for something: first shown who would get it, then sent to exactly those.</summary>
internal sealed class OrderRequests(OrderDesk desk, AuditChain audit)
{
    private const int MostNames = 10_000;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/orders/possible", () => TypedResults.Ok(new PossibleOrders(desk.Names, [.. ConfigRules.Keys]))).Needs(ApiToken.Read)
            .WithSummary("What this console may ask vehicles; nothing without a key of its own.");
        api.MapPost("/orders/bulk", SendAsync).Needs(ApiToken.Orders)
            .WithSummary("Asks vehicles for something. With isDryRun it tells who would get it and what to send as confirm.");
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
            var isSent = await desk.SendAsync(caller.Tenant, caller.TenantName, vehicle, asked.Name, args, caller.Who, stop);
            (isSent ? sent : busy).Add(vehicle);
        }

        return TypedResults.Ok(new OrderPlan(sent, unknown, confirm, busy, meant));
    }
}

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
