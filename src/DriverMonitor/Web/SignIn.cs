using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Web;

/// <summary>Who may use the page: with a password who knows it, without one whoever sits at this device.</summary>
internal sealed partial class SignIn(RequestGuard gate, PagePassword? password, SignInLock @lock, ILogger log)
{
    private readonly ILogger _log = log;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/session", RequestPassword);
        app.MapPost("/api/session", Enter);
        app.MapDelete("/api/session", SignOut);
    }

    private IResult RequestPassword(HttpContext context)
    {
        var session = gate.SessionOf(context) ?? (gate.NeedsPassword ? null : gate.Authorize(context));
        return Results.Json(new { signedIn = session is not null, needsPassword = gate.NeedsPassword, csrf = session?.Csrf });
    }

    private IResult Enter(HttpContext context, Guess guess)
    {
        if (!@lock.TryReserve())
        {
            context.Response.Headers.RetryAfter = $"{Math.Ceiling(@lock.Wait.TotalSeconds):0}";
            return Results.Json(new { error = "locked", minutes = Minutes() }, statusCode: 429);
        }

        if (password is not null && !password.Fits(guess.Password ?? ""))
        {
            LogWrong(context.Connection.RemoteIpAddress?.ToString());
            return Results.Json(new { error = "wrong_password", left = @lock.Left, minutes = Minutes() }, statusCode: 401);
        }

        @lock.Reset();
        return Results.Json(new { signedIn = true, csrf = gate.Authorize(context).Csrf });
    }

    /// <summary>For how long nobody may try; 0 if one may.</summary>
    private int Minutes() => (int)Math.Ceiling(@lock.Wait.TotalMinutes);

    /// <summary>Without the token only the own session can be ended, and a foreign page does not get this far.</summary>
    private IResult SignOut(HttpContext context)
    {
        gate.SignOut(context);
        return Results.NoContent();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A wrong password for the page, from {Address}.")]
    private partial void LogWrong(string? address);

    internal sealed record Guess(string? Password);
}
