using System.Data.Common;
using Microsoft.AspNetCore.Http;

namespace DriverMonitor.Fleet.Web;

/// <summary>What a request can break is answered, not logged as a fault of ours.</summary>
internal static class RequestFaults
{
    public static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        // No name, time or number has one, and PostgreSQL refuses a text that does.
        if (context.Request.Path.Value?.Contains('\0', StringComparison.Ordinal) == true
            || context.Request.Query.Any(one => one.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true)))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception e) when (e is DbException or TimeoutException && !context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "5";
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("The store cannot be reached; try again in 5 s.", context.RequestAborted);
        }
    }
}
