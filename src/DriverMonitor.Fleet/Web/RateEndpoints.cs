using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rates;
using DriverMonitor.Fleet.Rights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>Better or worse, how much could be judged, and where nothing is known.</summary>
internal sealed class RateEndpoints(
    TrendReader trends, CoverageReader coverage, TimelineReader timelines, FleetReader vehicles, AuditChain audit,
    LargeAnswers answers, FleetOptions fleet, TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1), Week = TimeSpan.FromDays(7), Longest = TimeSpan.FromDays(31),
        Year = TimeSpan.FromDays(413);

    private const string BadWindow = "from must lie before to, by at most 31 days.";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/trends", TrendsAsync).Needs(ApiToken.Read)
            .WithSummary("Per 100 judged hours with a 95 % interval, in whole weeks; nothing of fewer vehicles than the tenant's floor.");
        api.MapGet("/coverage", CoverageAsync).Needs(ApiToken.Read)
            .WithSummary("By vehicle: last heard, version, certificate's end, share that could be judged, unknown hours; a week unless from says.");
        api.MapGet("/vehicles/{vehicle}/coverage", DaysAsync).Needs(ApiToken.Read).WithSummary("The same of one vehicle, by day.");
        api.MapGet("/vehicles/{vehicle}/timeline/pieces", PiecesAsync).Needs(ApiToken.Read)
            .WithSummary("Its time in at most 500 pieces: driven, heard, gap or unknown, and the alerts in each.");
    }

    private async Task<Results<Ok<TrendView>, BadRequest<string>>> TrendsAsync(
        HttpContext context, string measure = "alerts", string kind = TrendQuery.AllKinds, string group = "none", string bucket = "week",
        DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (TimeWindow.Of(from, to, time.GetUtcNow(), 4 * Week, Year) is not { } window)
            return TypedResults.BadRequest("from must lie before to, by at most 59 weeks.");
        var (begin, end) = TrendBucket.WholeWeeks(window.From, window.To);
        var asked = new TrendQuery(measure, kind, group, bucket, begin, end);
        if (asked.Fault is { } fault) return TypedResults.BadRequest(fault);
        var token = Access.TokenOf(context);
        if (asked.IsEmotion && fleet.EuWork.Contains(token.TenantName))
            return TypedResults.BadRequest("stress and anger are not processed for this tenant.");
        var (sums, floor) = await answers.GetAsync(
            token.Tenant, $"{asked}", () => trends.ReadAsync(token.Tenant, asked, context.RequestAborted),
            found => found.Sums.Sum(one => one.DrivenS / 3_600), context.RequestAborted);
        return sums.Count > TrendQuery.MostPoints
            ? TypedResults.BadRequest($"that is more than {TrendQuery.MostPoints} points: a larger bucket, a shorter time or no group.")
            : TypedResults.Ok(new TrendView(
                measure, kind, group, bucket, DateTimeOffset.FromUnixTimeMilliseconds(begin),
                DateTimeOffset.FromUnixTimeMilliseconds(end), floor, Trends.Of(asked, sums, floor)));
    }

    private async Task<Results<Ok<Rows<CoverageView>>, BadRequest<string>>> CoverageAsync(
        HttpContext context, string? after = null, int limit = FleetReader.Most, DateTimeOffset? from = null,
        DateTimeOffset? to = null)
    {
        if (TimeWindow.Of(from, to, time.GetUtcNow(), Week, Longest) is not { } window) return TypedResults.BadRequest(BadWindow);
        var (tenant, stop) = (Access.TokenOf(context).Tenant, context.RequestAborted);
        var rows = await vehicles.VehiclesAsync(tenant, after ?? "", Math.Clamp(limit, 1, FleetReader.Most), stop);
        var sums = await coverage.ReadAsync(tenant, [.. rows.Items.Select(one => one.Name)], window.From, window.To, stop);
        return TypedResults.Ok(new Rows<CoverageView>(
            [.. rows.Items.Select(one => new CoverageView(
                one.Name, one.Label, one.Contact, one.SeenAt, one.Version, one.CertificateUntil,
                one.Contact == "silent" ? null : sums.GetValueOrDefault(one.Name)))],
            rows.Next));
    }

    private async Task<Results<Ok<IReadOnlyList<CoverageDay>>, NotFound, BadRequest<string>>> DaysAsync(
        HttpContext context, string vehicle, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        if (TimeWindow.Of(from, to, time.GetUtcNow(), Week, Longest) is not { } window) return TypedResults.BadRequest(BadWindow);
        if (await LookAsync(context, vehicle, "coverage") is not { } number) return TypedResults.NotFound();
        return TypedResults.Ok(await coverage.DaysAsync(
            Access.TokenOf(context).Tenant, number, window.From, window.To, context.RequestAborted));
    }

    private async Task<Results<Ok<IReadOnlyList<TimelinePiece>>, NotFound, BadRequest<string>>> PiecesAsync(
        HttpContext context, string vehicle, DateTimeOffset? from = null, DateTimeOffset? to = null, int pieces = 288)
    {
        if (TimeWindow.Of(from, to, time.GetUtcNow(), Day, Longest) is not { } window) return TypedResults.BadRequest(BadWindow);
        if (await LookAsync(context, vehicle, "timeline") is not { } number) return TypedResults.NotFound();
        return TypedResults.Ok(await timelines.ReadAsync(
            Access.TokenOf(context).Tenant, number, window.From, window.To, Math.Clamp(pieces, 1, TimelineReader.MostPieces),
            context.RequestAborted));
    }

    /// <summary>The vehicle's number, after the look is in the audit; null for one that this tenant does not have.</summary>
    private async Task<int?> LookAsync(HttpContext context, string vehicle, string what)
    {
        var token = Access.TokenOf(context);
        var number = await vehicles.VehicleIdAsync(token.Tenant, vehicle, context.RequestAborted);
        if (number is not null) await audit.AppendAsync(token.Tenant, token.Who, $"look {what} {vehicle}", context.RequestAborted);
        return number;
    }
}

/// <param name="Floor">Fewest vehicles that a point may speak of.</param>
internal sealed record TrendView(
    string Measure, string Kind, string Group, string Bucket, DateTimeOffset From, DateTimeOffset To, int Floor,
    IReadOnlyList<TrendPoint> Points);

/// <summary>Whether a vehicle can be relied on.</summary>
/// <param name="Sums">Null where it is silent by choice.</param>
internal sealed record CoverageView(
    string Name, string Label, string Contact, DateTimeOffset? SeenAt, string Version, DateTimeOffset? CertificateUntil,
    CoverageSums? Sums);
