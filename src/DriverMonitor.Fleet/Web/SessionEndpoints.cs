using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Fleet.Web;

/// <summary>People signing in and out of the console.</summary>
internal sealed partial class SessionEndpoints(
    SessionCookie cookie, Sessions sessions, Accounts accounts, Invitations invitations, SignInLock @lock, OidcSignIn oidc,
    FleetOptions fleet, AuditChain audit, ILogger<SessionEndpoints> log)
{
    private readonly ILogger _log = log;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/session", (Delegate)LookAsync).IsPublic().WithSummary("Who has signed in with this browser, and what they may do.");
        api.MapPost("/session", EnterAsync).IsPublic().WithSummary("Signs a browser in.");
        api.MapDelete("/session", (Delegate)LeaveAsync).IsPublic().WithSummary("Signs it out.");
        api.MapPut("/session/tenant", ChooseAsync).IsPublic().WithSummary("Looks at another tenant.");
        api.MapPost("/session/invitation", AcceptAsync).IsPublic()
            .WithSummary("Makes an account by a link that opens once, or gives it a new password. Without a password it only tells whose.");
        if (oidc.IsEnabled)
            api.MapGet("/session/oidc", OidcSignIn.ChallengeAsync).IsPublic().ExcludeFromDescription();
    }

    private async Task<Ok<SessionView>> LookAsync(HttpContext context) => TypedResults.Ok(
        await cookie.FindAsync(context) is { } session
            ? await ViewAsync(session.Account, session.Tenant, cookie.CsrfOf(context)!, context.RequestAborted)
            : SessionView.Nobody(oidc.IsEnabled));

    private async Task<IResult> EnterAsync(HttpContext context, SignInRequest asked)
    {
        if (cookie.IsForeign(context.Request)) return Refused(StatusCodes.Status403Forbidden, "foreign_origin");
        var from = context.Connection.RemoteIpAddress;
        if (@lock.Reserve(from) is { } wait) return Locked(context, wait);
        var (name, password) = (asked.Name ?? "", asked.Password ?? "");
        if (password.Length > PasswordHash.Longest) return Refused(StatusCodes.Status401Unauthorized, "wrong_password");
        var account = await accounts.FindAsync(name, context.RequestAborted);
        if (!await PasswordHash.FitsAsync(account?.Password, password, context.RequestAborted))
        {
            LogWrong(from?.ToString());
            return Refused(StatusCodes.Status401Unauthorized, "wrong_password");
        }

        @lock.Reset(from);
        return await OpenAsync(context, account!);
    }

    private async Task<IResult> OpenAsync(HttpContext context, Account account)
    {
        if (await cookie.SignInAsync(context, account) is not { } token) return Refused(StatusCodes.Status403Forbidden, "no_role");
        await audit.AppendAsync(null, $"user:{account.Name}", "sign in", context.RequestAborted);
        var session = await sessions.FindAsync(token, context.RequestAborted);
        return TypedResults.Ok(await ViewAsync(account, session!.Tenant, SessionCookie.CsrfOf(token), context.RequestAborted));
    }

    /// <summary>Without the token only the own session can be ended, and a foreign page does not get this far.</summary>
    private async Task<IResult> LeaveAsync(HttpContext context)
    {
        if (cookie.IsForeign(context.Request)) return Refused(StatusCodes.Status403Forbidden, "foreign_origin");
        if (await cookie.FindAsync(context) is { } session)
            await audit.AppendAsync(null, $"user:{session.Account.Name}", "sign out", context.RequestAborted);
        await cookie.SignOutAsync(context);
        return TypedResults.NoContent();
    }

    private async Task<IResult> ChooseAsync(HttpContext context, TenantRequest asked)
    {
        if (await cookie.FindAsync(context) is not { } session) return Refused(StatusCodes.Status401Unauthorized, "sign_in");
        if (cookie.WhyForeign(context) is { } why) return Refused(StatusCodes.Status403Forbidden, why);
        var roles = await accounts.RolesAsync(session.Account.Id, context.RequestAborted);
        if (roles.FirstOrDefault(one => one.Name == asked.Tenant) is not { Tenant: > 0 and var tenant })
            return TypedResults.NotFound();
        await sessions.LookAtAsync(session, tenant, context.RequestAborted);
        await audit.AppendAsync(tenant, $"user:{session.Account.Name}", $"look at tenant {asked.Tenant}", context.RequestAborted);
        return TypedResults.Ok(await ViewAsync(session.Account, tenant, cookie.CsrfOf(context)!, context.RequestAborted));
    }

    private async Task<IResult> AcceptAsync(HttpContext context, InvitationRequest asked)
    {
        if (cookie.IsForeign(context.Request)) return Refused(StatusCodes.Status403Forbidden, "foreign_origin");
        if (await invitations.NameOfAsync(asked.Code, context.RequestAborted) is not { } invited)
            return Refused(StatusCodes.Status410Gone, "link_used");
        if (asked.Password is null)
            return TypedResults.Ok(new InvitationView(invited.Length > 0 ? invited : null, [.. fleet.Tenants]));
        var name = (invited.Length > 0 ? invited : asked.Name ?? "").Trim();
        if (!Accounts.IsName(name))
            return Refused(StatusCodes.Status400BadRequest, "bad_name");
        if (asked.Password.Length is < PasswordHash.Shortest or > PasswordHash.Longest)
            return Refused(StatusCodes.Status400BadRequest, "short_password");
        if (invited.Length == 0 && await accounts.FindAsync(name, context.RequestAborted) is not null)
            return Refused(StatusCodes.Status400BadRequest, "bad_name");
        if (@lock.Reserve(context.Connection.RemoteIpAddress) is { } wait) return Locked(context, wait);
        if (await invitations.AcceptAsync(asked.Code, name, asked.Password, context.RequestAborted) is not { } account)
            return Refused(StatusCodes.Status410Gone, "link_used");
        @lock.Reset(context.Connection.RemoteIpAddress);
        await audit.AppendAsync(null, $"user:{account.Name}", "set a password by a link", context.RequestAborted);
        return await OpenAsync(context, account);
    }

    private async Task<SessionView> ViewAsync(Account account, int tenant, string csrf, CancellationToken stop)
    {
        var roles = await accounts.RolesAsync(account.Id, stop);
        var here = roles.Where(one => one.Tenant == tenant).ToList();
        return new(
            true, oidc.IsEnabled, account.Name, here.FirstOrDefault().Name, [.. roles.Select(one => one.Name).Distinct()],
            [.. here.Select(one => one.Role)], [.. Roles.ScopesOf(here.Select(one => one.Role))],
            fleet.EuWork.Contains(here.FirstOrDefault().Name), csrf);
    }

    private static JsonHttpResult<Refusal> Locked(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds):0}";
        return TypedResults.Json(new Refusal("locked", (int)Math.Ceiling(wait.TotalMinutes)), statusCode: StatusCodes.Status429TooManyRequests);
    }

    private static JsonHttpResult<Refusal> Refused(int status, string why) =>
        TypedResults.Json(new Refusal(why, null), statusCode: status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A wrong password for the console, from {Address}.")]
    private partial void LogWrong(string? address);
}

internal sealed record SignInRequest(string? Name, string? Password);

internal sealed record TenantRequest(string Tenant);

/// <param name="Code">What stands behind the <c>#</c> of the link.</param>
/// <param name="Password">Null to be told whose account it is.</param>
internal sealed record InvitationRequest(string Code, string? Name = null, string? Password = null);

/// <param name="Name">Null where who opens the link chooses one.</param>
internal sealed record InvitationView(string? Name, IReadOnlyList<string> Tenants);

/// <param name="Error">A word that the page has a sentence for.</param>
/// <param name="Minutes">Until the next try.</param>
internal sealed record Refusal(string Error, int? Minutes);

/// <summary>Who has signed in, and what they may do in the tenant that they look at.</summary>
internal sealed record SessionView(
    bool SignedIn, bool HasOidc, string? Name, string? Tenant, IReadOnlyList<string> Tenants, IReadOnlyList<string> Roles,
    IReadOnlyList<string> Scopes, bool IsEuWork, string? Csrf)
{
    public static SessionView Nobody(bool hasOidc) => new(false, hasOidc, null, null, [], [], [], false, null);
}
