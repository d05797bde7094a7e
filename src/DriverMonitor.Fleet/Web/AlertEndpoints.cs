using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>Alerts as episodes: what happened, why, and what driver and operator said of it.</summary>
internal sealed class AlertEndpoints(AlertReader alerts, AuditChain audit, TimeProvider time)
{
    private const int LongestNote = 500;

    private static readonly string[] Reviews = ["seen", "true", "false", "unclear"];

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/alerts", ListAsync).Needs(ApiToken.Read).WithSummary("Episodes, newest first; open, kind and level narrow them.");
        api.MapGet("/disputes", DisputesAsync).Needs(ApiToken.Read).WithSummary("Episodes that drivers said were wrong.");
        api.MapGet("/alerts/{vehicle}/{epoch}/{episode}", OneAsync).Needs(ApiToken.Read)
            .WithSummary("One episode with its events: reasons, limits, what was not known, model and settings.");
        api.MapPost("/alerts/{vehicle}/{epoch}/{episode}/review", ReviewAsync).Needs(ApiToken.Review)
            .WithSummary("Says whether an alert was right. It deletes nothing and hides no dispute.");
    }

    private async Task<Results<Ok<Rows<AlertView>>, BadRequest<string>>> ListAsync(
        HttpContext context, bool open = false, string? kind = null, int level = 0, string? vehicle = null,
            DateTimeOffset? from = null,
        long before = long.MaxValue, int limit = FleetReader.Most)
    {
        if (kind is not null && Names.KindOf(kind) is null) return TypedResults.BadRequest("kind is not known.");
        if (vehicle is not null && !TopicName.IsName(vehicle)) return TypedResults.BadRequest("vehicle is no name.");
        var filter = new AlertFilter(
            vehicle, kind is null ? null : Names.KindOf(kind), level, open, IsDisputedOnly: false,
                from?.ToUnixTimeMilliseconds() ?? 0);
        if (vehicle is not null) await LookedAsync(context, $"look alerts {vehicle}");
        return TypedResults.Ok(
            await alerts.AlertsAsync(
                Access.TokenOf(context).Tenant, filter, before, Math.Clamp(limit, 1, FleetReader.Most), context.RequestAborted));
    }

    private async Task<Ok<Rows<AlertView>>> DisputesAsync(
        HttpContext context, long before = long.MaxValue, int limit = FleetReader.Most) => TypedResults.Ok(
        await alerts.AlertsAsync(
            Access.TokenOf(context).Tenant, new(null, null, 0, IsOpenOnly: false, IsDisputedOnly: true, From: 0), before,
            Math.Clamp(limit, 1, FleetReader.Most), context.RequestAborted));

    private async Task<Results<Ok<AlertDetail>, NotFound>> OneAsync(HttpContext context, string vehicle, string epoch,
        string episode)
    {
        var found = Names.EpochOf(epoch) is { } number
            ? await alerts.AlertAsync(Access.TokenOf(context).Tenant, vehicle, number, episode, context.RequestAborted)
            : null;
        if (found is null) return TypedResults.NotFound();
        await LookedAsync(context, $"look alert {vehicle} {epoch}/{episode}");
        return TypedResults.Ok(await MayShowValuesAsync(context, vehicle) ? found : found.WithoutValues());
    }

    private async Task<Results<NoContent, NotFound, BadRequest<string>>> ReviewAsync(
        HttpContext context, string vehicle, string epoch, string episode, Review review)
    {
        if (!Reviews.Contains(review.Verdict)) return TypedResults.BadRequest($"verdict must be one of {string.Join(", ", Reviews)}.");
        if (review.Note?.Length > LongestNote) return TypedResults.BadRequest($"note may have {LongestNote} characters.");
        var token = Access.TokenOf(context);
        var isDone = Names.EpochOf(epoch) is { } number && await alerts.ReviewAsync(
            token.Tenant, vehicle, number, episode, review.Verdict, review.Note, token.Who,
            time.GetUtcNow().ToUnixTimeMilliseconds(), context.RequestAborted);
        if (!isDone) return TypedResults.NotFound();
        await LookedAsync(context, $"review {vehicle} {epoch}/{episode} {review.Verdict}");
        return TypedResults.NoContent();
    }

    private async Task<bool> MayShowValuesAsync(HttpContext context, string vehicle)
    {
        var caller = Access.TokenOf(context);
        return caller.Scopes.Contains(ApiToken.Values)
            && await alerts.PrivacyOfAsync(caller.Tenant, vehicle, context.RequestAborted) >= ShownData.LevelOfValues;
    }

    private Task LookedAsync(HttpContext context, string what) =>
        audit.AppendAsync(Access.TokenOf(context).Tenant, Access.TokenOf(context).Who, what, context.RequestAborted);
}

/// <summary>What an operator thinks of an alert.</summary>
/// <param name="Verdict"><c>seen</c>, <c>true</c>, <c>false</c> or <c>unclear</c>.</param>
/// <param name="Note">At most 500 characters; never a person's name.</param>
internal sealed record Review(string Verdict, string? Note = null);
