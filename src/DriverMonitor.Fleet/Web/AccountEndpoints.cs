using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>Who may sign in, for administrators of a tenant; and the audit of who looked at what.</summary>
internal sealed class AccountEndpoints(Accounts accounts, Invitations invitations, AuditReader log, AuditChain audit)
{
    public void Map(IEndpointRouteBuilder api)
    {
        // A handler that takes the context alone would be taken for one that writes its answer itself.
        api.MapGet("/accounts", (Delegate)ListAsync).Needs(ApiToken.Accounts).WithSummary("Who has a role in this tenant.");
        api.MapPost("/accounts", InviteAsync).Needs(ApiToken.Accounts)
            .WithSummary("Makes a link, shown once, by which somebody sets a password; good for 24 hours.");
        api.MapDelete("/accounts/{id:int}", RemoveAsync).Needs(ApiToken.Accounts)
            .WithSummary("Takes somebody's roles in this tenant, at once; never the last administrator's.");
        api.MapGet("/audit", AuditAsync).Needs(ApiToken.Audit).WithSummary("Who looked at what and changed what, newest first.");
    }

    private async Task<Ok<IReadOnlyList<AccountView>>> ListAsync(HttpContext context) =>
        TypedResults.Ok(await accounts.ListAsync(Access.TokenOf(context).Tenant, context.RequestAborted));

    private async Task<Results<Ok<InvitationLink>, BadRequest<string>>> InviteAsync(HttpContext context, NewAccount asked)
    {
        var (caller, stop, name) = (Access.TokenOf(context), context.RequestAborted, (asked.Name ?? "").Trim());
        if (!Accounts.IsName(name))
            return TypedResults.BadRequest("name must have 1 to 64 printable characters.");
        if (asked.Roles is not { Length: > 0 } roles || roles.Except(Roles.Known).Any())
            return TypedResults.BadRequest($"roles must be of {string.Join(", ", Roles.Known)}.");
        // An account that also has roles elsewhere is not this administrator's: its password would open those, too.
        if (await accounts.FindAsync(name, stop) is { } known
            && (known.Password is null || (await accounts.RolesAsync(known.Id, stop)).Any(one => one.Tenant != caller.Tenant)))
            return TypedResults.BadRequest("there is an account of that name that is not only yours.");
        var code = await invitations.CreateAsync(name, roles.Select(role => new RoleGrant(caller.TenantName, role)), stop);
        await audit.AppendAsync(caller.Tenant, caller.Who, $"account {name} invited: {string.Join(' ', roles)}", stop);
        return TypedResults.Ok(new InvitationLink($"{context.Request.Scheme}://{context.Request.Host}/#join={code}"));
    }

    private async Task<Results<NoContent, BadRequest<string>>> RemoveAsync(HttpContext context, int id)
    {
        var caller = Access.TokenOf(context);
        if (await accounts.RemoveAsync(caller.Tenant, id, context.RequestAborted) is not { } name)
            return TypedResults.BadRequest("there is no such account here, or it is the last administrator.");
        await audit.AppendAsync(caller.Tenant, caller.Who, $"account {name} removed", context.RequestAborted);
        return TypedResults.NoContent();
    }

    private async Task<Ok<AuditPage>> AuditAsync(
        HttpContext context, long before = long.MaxValue, int limit = 100, string? about = null) => TypedResults.Ok(
        await log.ReadAsync(
            Access.TokenOf(context).Tenant, about, before, Math.Clamp(limit, 1, FleetReader.Most), context.RequestAborted));
}

internal sealed record NewAccount(string? Name, string[]? Roles);

/// <param name="Link">To be given to that person on a safe way; it is not shown again.</param>
internal sealed record InvitationLink(string Link);
