using System.Net;
using Microsoft.AspNetCore.Http;

namespace DriverMonitor.Fleet.Identity;

/// <summary>
/// A browser's session: cookie, CSRF token, and what a request must not be to count as that browser's own.
/// </summary>
internal sealed class SessionCookie(WebOptions options, Sessions sessions, Accounts accounts)
{
    public const string CsrfHeader = "X-Csrf-Token";

    private bool IsTls => options.CertificateFile is not null;

    /// <summary>With the prefix no other site of the same domain can set it.</summary>
    public string Name => IsTls ? "__Host-dmfleet" : "dmfleet";

    /// <summary>The session of a request; null if it has none that is good.</summary>
    public async Task<Session?> FindAsync(HttpContext context) =>
        IsOurName(context.Request.Host.Host) && context.Request.Cookies[Name] is { Length: > 0 and < 100 } token
            ? await sessions.FindAsync(token, context.RequestAborted)
            : null;

    /// <summary>What must come with everything that changes something: a foreign page cannot know it.</summary>
    public string? CsrfOf(HttpContext context) =>
        context.Request.Cookies[Name] is { } token ? CsrfOf(token) : null;

    public static string CsrfOf(string token) => Secret.HashOf("csrf " + token)[..43];

    /// <summary>Why a request that changes something is not obeyed; null if it is the page's own.</summary>
    public string? WhyForeign(HttpContext context)
    {
        if (!IsWriting(context.Request)) return null;
        if (IsForeign(context.Request)) return "foreign_origin";
        return Secret.AreSame(context.Request.Headers[CsrfHeader].ToString(), CsrfOf(context) ?? "none") ? null : "csrf";
    }

    /// <summary>Browsers say where a request that writes comes from; programs do not.</summary>
    public bool IsForeign(HttpRequest request) =>
        !IsOurName(request.Host.Host)
        || (request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        || request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    /// <summary>Lets this browser in, with a cookie that nobody has seen before; the session it had ends.</summary>
    /// <returns>Null for an account without a role.</returns>
    public async Task<string?> SignInAsync(HttpContext context, Account account)
    {
        var stop = context.RequestAborted;
        if (await accounts.RolesAsync(account.Id, stop) is not [var first, ..]) return null;
        if (await FindAsync(context) is { } before) await sessions.CloseAsync(before, stop);
        var token = await sessions.OpenAsync(account.Id, first.Tenant, stop);
        context.Response.Cookies.Append(Name, token, Cookie(Sessions.GoodFor));
        return token;
    }

    public async Task SignOutAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } session) await sessions.CloseAsync(session, context.RequestAborted);
        context.Response.Cookies.Delete(Name, Cookie(null));
    }

    /// <summary>As endpoints see who asks: one tenant, and what the roles there allow.</summary>
    public async Task<ApiToken?> CallerAsync(Session session, CancellationToken stop)
    {
        var roles = (await accounts.RolesAsync(session.Account.Id, stop)).Where(one => one.Tenant == session.Tenant).ToList();
        return roles.Count == 0
            ? null
            : new(
                session.Account.Id, session.Account.Name, session.Tenant, roles[0].Name,
                Roles.ScopesOf(roles.Select(one => one.Role)))
            {
                Who = $"user:{session.Account.Name}",
            };
    }

    public CancellationToken EndOf(Session session) => sessions.EndOf(session);

    private CookieOptions Cookie(TimeSpan? age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = IsTls, Path = "/", MaxAge = age,
    };

    private static bool IsWriting(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    /// <summary>
    /// Without TLS a foreign site could reach us by a name of its own that leads to this address (DNS rebinding).
    /// </summary>
    private bool IsOurName(string host) =>
        IsTls || IPAddress.TryParse(host.Trim('[', ']'), out _)
        || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || options.Names.Contains(host, StringComparer.OrdinalIgnoreCase);
}
