using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>What is known of vehicles now, and where the picture has holes.</summary>
internal sealed class VehicleEndpoints(FleetReader reader, AlertReader events, AuditChain audit, TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1), Longest = TimeSpan.FromDays(31);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/vehicles", ListAsync).Needs(ApiToken.Read).WithSummary("Vehicles with their contact, in order of their names.");
        api.MapGet("/vehicles/{vehicle}", OneAsync).Needs(ApiToken.Read).WithSummary("One vehicle, and how far its events are stored.");
        api.MapGet("/vehicles/{vehicle}/timeline", TimelineAsync).Needs(ApiToken.Read)
            .WithSummary("Its events in order of time, without values; a day unless from and to say otherwise, at most 31.");
        api.MapGet("/vehicles/{vehicle}/findings", FindingsOfAsync).Needs(ApiToken.Read).WithSummary("What is wrong with its messages.");
        api.MapGet("/vehicles/{vehicle}/health", HealthAsync).Needs(ApiToken.Read)
            .WithSummary("Counters of the monitor, the last of each hour; a day unless from and to say otherwise, at most 31.");
        api.MapGet("/findings", FindingsAsync).Needs(ApiToken.Read).WithSummary("What is wrong with messages, newest first.");
        api.MapGet("/gaps", GapsAsync).Needs(ApiToken.Read).WithSummary("Numbers that were lost, or are asked for again.");
        // A handler that takes the context alone would be taken for one that writes its answer itself.
        api.MapGet("/lag", (Delegate)LagAsync).Needs(ApiToken.Read).WithSummary("Whether the picture can be trusted this minute.");
    }

    private async Task<Ok<Rows<VehicleView>>> ListAsync(HttpContext context, string? after = null,
        int limit = FleetReader.Most) =>
        TypedResults.Ok(
            await reader.VehiclesAsync(TenantOf(context), after ?? "", Limit(limit), context.RequestAborted));

    private async Task<Results<Ok<VehicleDetail>, NotFound>> OneAsync(HttpContext context, string vehicle)
    {
        if (await reader.VehicleAsync(TenantOf(context), vehicle,
            context.RequestAborted) is not { } found) return TypedResults.NotFound();
        await LookedAsync(context, vehicle, "vehicle");
        return TypedResults.Ok(found);
    }

    private async Task<Results<Ok<Rows<EventView>>, NotFound, BadRequest<string>>> TimelineAsync(
        HttpContext context, string vehicle, DateTimeOffset? from = null, DateTimeOffset? to = null, int limit = FleetReader.Most)
    {
        if (TimeWindow.Of(from, to, time.GetUtcNow(), Day, Longest) is not { } window)
            return TypedResults.BadRequest("from must lie before to, by at most 31 days.");
        if (await reader.VehicleIdAsync(TenantOf(context), vehicle,
            context.RequestAborted) is null) return TypedResults.NotFound();
        await LookedAsync(context, vehicle, "timeline");
        return TypedResults.Ok(
            await events.EventsAsync(
                TenantOf(context), vehicle, window.From, window.To, Limit(limit),
                context.RequestAborted));
    }

    private async Task<Results<Ok<IReadOnlyList<HealthView>>, NotFound, BadRequest<string>>> HealthAsync(
        HttpContext context, string vehicle, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (TimeWindow.Of(from, to, time.GetUtcNow(), Day, Longest) is not { } window)
            return TypedResults.BadRequest("from must lie before to, by at most 31 days.");
        if (await reader.VehicleIdAsync(TenantOf(context), vehicle, context.RequestAborted) is not { } number)
            return TypedResults.NotFound();
        await LookedAsync(context, vehicle, "health");
        return TypedResults.Ok(
            await reader.HealthAsync(
                TenantOf(context), number, window.From, window.To, context.RequestAborted));
    }

    private async Task<Results<Ok<Rows<FindingView>>, NotFound>> FindingsOfAsync(
        HttpContext context, string vehicle, long before = long.MaxValue, int limit = FleetReader.Most)
    {
        if (await reader.VehicleIdAsync(TenantOf(context), vehicle, context.RequestAborted) is null)
            return TypedResults.NotFound();
        await LookedAsync(context, vehicle, "findings");
        return TypedResults.Ok(
            await reader.FindingsAsync(TenantOf(context), vehicle, isGapsOnly: false, before, Limit(limit),
                context.RequestAborted));
    }

    private async Task<Ok<Rows<FindingView>>> FindingsAsync(
        HttpContext context, long before = long.MaxValue, int limit = FleetReader.Most) => TypedResults.Ok(
        await reader.FindingsAsync(TenantOf(context), null, isGapsOnly: false, before, Limit(limit), context.RequestAborted));

    private async Task<Ok<Rows<FindingView>>> GapsAsync(
        HttpContext context, long before = long.MaxValue, int limit = FleetReader.Most) => TypedResults.Ok(
        await reader.FindingsAsync(TenantOf(context), null, isGapsOnly: true, before, Limit(limit), context.RequestAborted));

    private async Task<Ok<LagView>> LagAsync(HttpContext context) =>
        TypedResults.Ok(await reader.LagAsync(TenantOf(context), context.RequestAborted));

    private Task LookedAsync(HttpContext context, string vehicle, string what) =>
        audit.AppendAsync(TenantOf(context), Access.TokenOf(context).Who, $"look {what} {vehicle}", context.RequestAborted);

    private static int TenantOf(HttpContext context) => Access.TokenOf(context).Tenant;

    private static int Limit(int asked) => Math.Clamp(asked, 1, FleetReader.Most);
}
