using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DriverMonitor.Fleet.Web;

/// <summary>What an endpoint asks of a token. An endpoint that says nothing is closed.</summary>
/// <param name="Scope">Null for what everybody may ask.</param>
internal sealed record Access(string? Scope)
{
    public static readonly Access Public = new((string?)null);

    private static readonly object Key = new();

    /// <summary>Lets a request through, or answers it.</summary>
    public static async Task GuardAsync(HttpContext context, RequestDelegate next, ApiTokens tokens)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        if (context.GetEndpoint()?.Metadata.GetMetadata<Access>() is not { } needed)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var isOpen = context.GetEndpoint()!.Metadata.GetMetadata<OpenOnLoopback>() is not null
            && HealthEndpoints.IsFromHere(context);
        if (isOpen || needed.Scope is not { } scope)
        {
            await next(context);
            return;
        }

        var token = await FindAsync(context.Request, tokens);
        if (token is null)
        {
            headers.WWWAuthenticate = "Bearer";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (!token.Scopes.Contains(scope))
        {
            headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else
        {
            context.Items[Key] = token;
            await next(context);
        }
    }

    /// <summary>Who asks; only behind <see cref="GuardAsync"/> and an endpoint that needs a scope.</summary>
    public static ApiToken TokenOf(HttpContext context) => (ApiToken)context.Items[Key]!;

    private static async Task<ApiToken?> FindAsync(HttpRequest request, ApiTokens tokens)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers[HeaderNames.Authorization].ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? await tokens.FindAsync(header[Scheme.Length..].Trim(), request.HttpContext.RequestAborted)
            : null;
    }
}

internal static class AccessConventions
{
    /// <summary>Only for tokens with that scope.</summary>
    public static T Needs<T>(this T endpoint, string scope) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Access(scope));

    /// <summary>For everybody who reaches the port.</summary>
    public static T IsPublic<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(Access.Public);
}
