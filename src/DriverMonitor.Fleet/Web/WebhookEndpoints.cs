using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>Who hears of alerts.</summary>
internal sealed class WebhookEndpoints(WebhookStore store, AuditChain audit, WebOptions options)
{
    public void Map(IEndpointRouteBuilder api)
    {
        // A handler that takes the context alone would be taken for one that writes its answer itself.
        api.MapGet("/webhooks", (Delegate)ListAsync).Needs(ApiToken.Webhooks).WithSummary("Targets, without their secrets.");
        api.MapPost("/webhooks", AddAsync).Needs(ApiToken.Webhooks)
            .WithSummary("Adds a target and shows its secret, once. Public addresses only, unless the settings name the host.");
        api.MapDelete("/webhooks/{id:int}", RemoveAsync).Needs(ApiToken.Webhooks).WithSummary("Removes a target.");
        api.MapGet("/webhooks/{id:int}/deliveries", DeliveriesAsync).Needs(ApiToken.Webhooks)
            .WithSummary("What became of the newest hundred messages to a target.");
    }

    private async Task<Ok<IReadOnlyList<WebhookView>>> ListAsync(HttpContext context) =>
        TypedResults.Ok(await store.ListAsync(Access.TokenOf(context).Tenant, context.RequestAborted));

    private async Task<Results<Created<NewWebhook>, BadRequest<string>>> AddAsync(HttpContext context, WebhookRequest asked)
    {
        if (TargetGuard.Fault(asked.Url, options.PrivateWebhookHosts) is { } fault) return TypedResults.BadRequest(fault + ".");
        var events = asked.Events ?? [];
        if (events.Except(WebhookOutbox.Events).Any())
            return TypedResults.BadRequest($"events may hold {string.Join(", ", WebhookOutbox.Events)}; none means all.");
        var format = asked.Format ?? WebhookFormat.Standard;
        if (!WebhookFormat.Known.Contains(format))
            return TypedResults.BadRequest($"format must be one of {string.Join(", ", WebhookFormat.Known)}.");
        var token = Access.TokenOf(context);
        if (await store.AddAsync(token.Tenant, asked.Url, events, format, context.RequestAborted) is not var (id, secret))
            return TypedResults.BadRequest($"there are {WebhookStore.MostATenant} webhooks already.");
        await audit.AppendAsync(
            token.Tenant, token.Who, $"webhook {id} added: {new Uri(asked.Url).IdnHost}", context.RequestAborted);
        return TypedResults.Created($"/api/v1/webhooks/{id}", new NewWebhook(id, secret));
    }

    private async Task<Results<NoContent, NotFound>> RemoveAsync(HttpContext context, int id)
    {
        var token = Access.TokenOf(context);
        if (!await store.RemoveAsync(token.Tenant, id, context.RequestAborted)) return TypedResults.NotFound();
        await audit.AppendAsync(token.Tenant, token.Who, $"webhook {id} removed", context.RequestAborted);
        return TypedResults.NoContent();
    }

    private async Task<Ok<IReadOnlyList<DeliveryView>>> DeliveriesAsync(HttpContext context, int id) =>
        TypedResults.Ok(await store.DeliveriesAsync(Access.TokenOf(context).Tenant, id, context.RequestAborted));
}

/// <param name="Url">https, public.</param>
/// <param name="Events"><c>raised</c>, <c>escalated</c>, <c>cleared</c>, <c>disputed</c>, <c>gap</c>; none means all.</param>
/// <param name="Format"><c>standard</c>, or a sentence: <c>chat</c> (Slack, Mattermost, Rocket.Chat, Google Chat, Matrix), <c>teams</c>.</param>
internal sealed record WebhookRequest(string Url, string[]? Events = null, string? Format = null);

/// <param name="Secret">For the HMAC-SHA256 of Standard Webhooks; not shown again.</param>
internal sealed record NewWebhook(int Id, string Secret);
