using System.Data.Common;
using System.Net;
using DriverMonitor.Fleet.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>For load balancers and supervisors.</summary>
internal sealed class HealthEndpoints(FleetDatabase database, IEnumerable<IReadiness> parts)
{
    public void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/health/live", () => TypedResults.Ok(new Health("ok", []))).IsPublic().WithSummary("The process answers.");
        root.MapGet("/health/ready", ReadyAsync).IsPublic().WithSummary("503 while events cannot be received or stored.");
    }

    /// <summary>Prometheus asks from the same machine without a token.</summary>
    public static bool IsFromHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    private async Task<Results<Ok<Health>, JsonHttpResult<Health>>> ReadyAsync(CancellationToken stop)
    {
        List<string> wrong = [.. parts.Select(part => part.WhyNot()).OfType<string>()];
        try
        {
            await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
            await connection.ScalarAsync<int>("select 1", stop);
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException)
        {
            wrong.Add("the store cannot be reached");
        }

        return wrong.Count == 0
            ? TypedResults.Ok(new Health("ok", []))
            : TypedResults.Json(new Health("degraded", wrong), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

/// <param name="Status"><c>ok</c> or <c>degraded</c>.</param>
/// <param name="Why">What is wrong, nothing personal.</param>
internal sealed record Health(string Status, IReadOnlyList<string> Why);

/// <summary>A part that can say that it does not do its work now.</summary>
internal interface IReadiness
{
    /// <summary>A few words; null while all is well.</summary>
    string? WhyNot();
}
