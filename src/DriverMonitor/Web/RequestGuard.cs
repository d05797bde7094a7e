using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace DriverMonitor.Web;

/// <summary>
/// Stands before everything the page serves: asks for the right host name (or a foreign site could reach us by a name of its
/// own, "DNS rebinding"), for a session, and with everything that changes something for the session's CSRF token.
/// </summary>
/// <param name="password">Null: no sign-in, which only a page on this device itself may have.</param>
/// <param name="metricsToken">What a scraper must show; null if none may.</param>
internal sealed class RequestGuard(WebSettings settings, PagePassword? password, string? metricsToken, Sessions sessions)
{
    public const string CsrfHeader = "X-Csrf-Token";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; manifest-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Open = ["/api/session", "/health/live", "/health/ready", "/openapi.json", SecurityText.Address];

    private string CookieName => settings.CertificateFile is null ? "dm-session" : "__Host-dm-session";

    public bool NeedsPassword => password is not null;

    public async Task Pass(HttpContext context, RequestDelegate next)
    {
        AddHeaders(context.Response.Headers);
        if (!IsOurName(context.Request.Host.Host))
            await Refuse(context, 421, "unknown_host");
        else if (IsForeign(context.Request))
            await Refuse(context, 403, "foreign_origin");
        else if (IsOpen(context.Request.Path))
            await next(context);
        else if (context.Request.Path == "/metrics")
            await (MayScrape(context) ? next(context) : Refuse(context, 401, "sign_in"));
        else if (SessionOf(context) is not { } session)
            await Refuse(context, 401, "sign_in");
        else if (IsWriting(context.Request) && !Same(context.Request.Headers[CsrfHeader].ToString(), session.Csrf))
            await Refuse(context, 403, "csrf");
        else
            await Serve(context, session, next);
    }

    /// <summary>A stream must not go on telling of the driver to who has signed out.</summary>
    private static async Task Serve(HttpContext context, Session session, RequestDelegate next)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, session.End.Token);
        context.RequestAborted = ending.Token;
        await next(context);
    }

    public Session? SessionOf(HttpContext context) => sessions.Find(context.Request.Cookies[CookieName]);

    /// <summary>Lets this browser in.</summary>
    public Session Authorize(HttpContext context)
    {
        var session = sessions.Open();
        context.Response.Cookies.Append(CookieName, session.Token, Cookie(Sessions.GoodFor));
        return session;
    }

    public void SignOut(HttpContext context)
    {
        if (SessionOf(context) is { } session) sessions.Close(session);
        context.Response.Cookies.Delete(CookieName, Cookie(null));
    }

    public static Task Refuse(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = reason });
    }

    private CookieOptions Cookie(TimeSpan? age) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = settings.CertificateFile is not null, Path = "/", MaxAge = age,
    };

    private void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers.CacheControl = "no-store";
        if (settings.CertificateFile is not null) headers.StrictTransportSecurity = "max-age=31536000";
    }

    private bool IsOurName(string host)
    {
        var own = Environment.MachineName;
        return IPAddress.TryParse(host.Trim('[', ']'), out _)
            || Is("localhost")
            || Is(own)
            || Is(own + ".local")
            || Array.Exists(settings.Names, Is);

        bool Is(string name) => string.Equals(name, host, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Browsers say where a request that writes comes from; programs do not.</summary>
    private static bool IsForeign(HttpRequest request) =>
        IsWriting(request) && request.Headers.Origin.ToString() is { Length: > 0 } origin
        && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private static bool IsOpen(PathString path) => PageFiles.Has(path) || Array.Exists(Open, open => path == open);

    private bool MayScrape(HttpContext context) =>
        (context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from))
        || SessionOf(context) is not null
        || (metricsToken is not null && Same(context.Request.Headers.Authorization.ToString(), "Bearer " + metricsToken));

    private static bool IsWriting(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    private static bool Same(string said, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(expected));
}
