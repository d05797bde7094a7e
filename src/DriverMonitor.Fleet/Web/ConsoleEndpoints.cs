using DriverMonitor.Fleet.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>Figures that screens of the console begin with.</summary>
internal sealed class ConsoleEndpoints(ConsoleReader reader)
{
    public void Map(IEndpointRouteBuilder api)
    {
        // A handler that takes the context alone would be taken for one that writes its answer itself.
        api.MapGet("/summary", (Delegate)SummaryAsync).Needs(ApiToken.Read).WithSummary("How many vehicles are in contact, and what to look at.");
        api.MapGet("/reviews", (Delegate)ReviewsAsync).Needs(ApiToken.Read)
            .WithSummary("Share of false alerts among those reviewed in 90 days, with its 95 % interval; none below 50 reviews.");
        api.MapGet("/disputes/summary", (Delegate)DisputesAsync).Needs(ApiToken.Read)
            .WithSummary("Disputed and false alerts of 90 days by rule, version and camera; nothing of fewer vehicles than the floor.");
        api.MapGet("/privacy", (Delegate)PrivacyAsync).Needs(ApiToken.Read).WithSummary("Privacy levels, basis, floor and retention.");
    }

    private async Task<Ok<SummaryView>> SummaryAsync(HttpContext context) =>
        TypedResults.Ok(await reader.SummaryAsync(Access.TokenOf(context).Tenant, context.RequestAborted));

    private async Task<Ok<ReviewsView>> ReviewsAsync(HttpContext context) =>
        TypedResults.Ok(await reader.ReviewsAsync(Access.TokenOf(context).Tenant, context.RequestAborted));

    private async Task<Ok<DisputesView>> DisputesAsync(HttpContext context)
    {
        var caller = Access.TokenOf(context);
        return TypedResults.Ok(await reader.DisputesAsync(caller.Tenant, caller.TenantName, context.RequestAborted));
    }

    private async Task<Ok<PrivacyView>> PrivacyAsync(HttpContext context)
    {
        var caller = Access.TokenOf(context);
        return TypedResults.Ok(await reader.PrivacyAsync(caller.Tenant, caller.TenantName, context.RequestAborted));
    }
}
