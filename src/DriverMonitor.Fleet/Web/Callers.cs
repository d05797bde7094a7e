using DriverMonitor.Fleet.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DriverMonitor.Fleet.Web;

/// <summary>Who sends a request: a program with its token, or a person's browser with its session.</summary>
internal sealed class Callers(ApiTokens tokens, SessionCookie cookie)
{
    /// <returns>
    /// Null if nobody that is known; what ends a stream to them; and why a request that changes something is not obeyed.
    /// </returns>
    public async Task<(ApiToken? Caller, CancellationToken End, string? Why)> FindAsync(HttpContext context)
    {
        const string Scheme = "Bearer ";
        var header = context.Request.Headers[HeaderNames.Authorization].ToString();
        if (header.Length > 0)
        {
            // A program says who it is itself; whatever cookie comes with it is not looked at.
            var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? await tokens.FindAsync(header[Scheme.Length..].Trim(), context.RequestAborted)
                : null;
            return (token, default, null);
        }

        if (await cookie.FindAsync(context) is not { } session) return default;
        return (await cookie.CallerAsync(session, context.RequestAborted), cookie.EndOf(session), cookie.WhyForeign(context));
    }
}
