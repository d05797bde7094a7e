using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>Erasures: those that vehicles' receipts brought about, and those that somebody asks of the fleet.</summary>
internal sealed class ErasureEndpoints(ErasureLog log, Eraser eraser, FleetReader vehicles)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/erasures", ListAsync).Needs(ApiToken.Erase).WithSummary("What was erased, newest first, with the receipts.");
        api.MapPost("/erasures", EraseAsync).Needs(ApiToken.Erase)
            .WithSummary("Erases what a vehicle's events say between two moments; counts and times stay.");
    }

    private async Task<Ok<IReadOnlyList<ErasureView>>> ListAsync(
        HttpContext context, long before = long.MaxValue, int limit = FleetReader.Most) => TypedResults.Ok(
        await log.ListAsync(Access.TokenOf(context).Tenant, before, Math.Clamp(limit, 1, FleetReader.Most),
            context.RequestAborted));

    private async Task<Results<Ok<Erased>, NotFound, BadRequest<string>>> EraseAsync(HttpContext context, ErasureRequest asked)
    {
        if (asked.From >= asked.To) return TypedResults.BadRequest("from must lie before to.");
        var token = Access.TokenOf(context);
        if (await vehicles.VehicleIdAsync(token.Tenant, asked.Vehicle, context.RequestAborted) is not { } vehicle)
            return TypedResults.NotFound();
        // What was begun is finished, also when who asked hangs up.
        var rows = await eraser.EraseAsync(
            token.Tenant, vehicle, asked.From.ToUnixTimeMilliseconds(), asked.To.ToUnixTimeMilliseconds(), token.Who,
            CancellationToken.None);
        return TypedResults.Ok(new Erased(rows));
    }
}

/// <param name="From">By the events' own time, ISO 8601.</param>
internal sealed record ErasureRequest(string Vehicle, DateTimeOffset From, DateTimeOffset To);

/// <param name="Rows">Events that lost what they said.</param>
internal sealed record Erased(long Rows);
