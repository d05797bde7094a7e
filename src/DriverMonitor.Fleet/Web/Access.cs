using DriverMonitor.Fleet.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DriverMonitor.Fleet.Web;

/// <summary>What an endpoint asks of who calls. An endpoint that says nothing is closed.</summary>
/// <param name="Scope">Null for what everybody may ask.</param>
internal sealed record Access(string? Scope)
{
    public static readonly Access Public = new((string?)null);

    private static readonly object Key = new();

    /// <summary>Lets a request through, or answers it.</summary>
    /// <param name="callers">Who it is: a program's token, or a person's session.</param>
    public static async Task GuardAsync(HttpContext context, RequestDelegate next, Callers callers)
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

        var (caller, end, why) = await callers.FindAsync(context);
        if (caller is null)
        {
            headers.WWWAuthenticate = "Bearer";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (why is not null)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsJsonAsync(new Refusal(why, null));
        }
        else if (!caller.Scopes.Contains(scope))
        {
            headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else
        {
            context.Items[Key] = caller;
            // A stream must not go on telling of vehicles to who has signed out.
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, end);
            context.RequestAborted = ending.Token;
            await next(context);
        }
    }

    /// <summary>Who asks; only behind <see cref="GuardAsync"/> and an endpoint that needs a scope.</summary>
    public static ApiToken TokenOf(HttpContext context) => (ApiToken)context.Items[Key]!;
}

internal static class AccessConventions
{
    /// <summary>Only for tokens and people with that scope.</summary>
    public static T Needs<T>(this T endpoint, string scope) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Access(scope));

    /// <summary>For everybody who reaches the port.</summary>
    public static T IsPublic<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(Access.Public);
}
