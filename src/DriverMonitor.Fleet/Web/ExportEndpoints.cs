using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace DriverMonitor.Fleet.Web;

/// <summary>Data in bulk, streamed; who took what is in the audit before the first byte leaves.</summary>
internal sealed class ExportEndpoints(
    AlertReader events, HourExport hours, FleetReader vehicles, FleetOptions fleet, AuditChain audit, TimeProvider time)
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(366);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/export/events.{format}", EventsAsync).Needs(ApiToken.Export)
            .WithSummary("Events between from and to (ISO 8601) without values, as csv or ndjson.");
        api.MapGet("/export/hours.csv", HoursAsync).Needs(ApiToken.Export)
            .WithSummary("Seconds driven and judged and alerts, by vehicle and hour, between from and to; no stress and no anger.");
        api.MapGet("/export/vehicle/{vehicle}", VehicleAsync).Needs(ApiToken.Export)
            .WithSummary("All that is stored of one vehicle's events, as ndjson, with what the vehicle said.");
    }

    private async Task<IResult> EventsAsync(
        HttpContext context, string format, DateTimeOffset? from = null, DateTimeOffset? to = null, string? vehicle = null)
    {
        if (format is not ("csv" or "ndjson")) return TypedResults.NotFound();
        var (begin, end) = (from ?? DateTimeOffset.UnixEpoch, to ?? time.GetUtcNow().AddDays(1));
        if (vehicle is not null && !TopicName.IsName(vehicle)) return TypedResults.BadRequest("vehicle is no name.");
        if (begin >= end) return TypedResults.BadRequest("from must lie before to.");
        await audit.AppendAsync(
            Access.TokenOf(context).Tenant, Access.TokenOf(context).Who,
            $"export events.{format} {vehicle ?? "all"} {begin:yyyy-MM-dd} {end:yyyy-MM-dd}", context.RequestAborted);
        return Send(context, $"events.{format}", vehicle, begin, end, withData: false);
    }

    private async Task<IResult> HoursAsync(
        HttpContext context, DateTimeOffset? from = null, DateTimeOffset? to = null, string? vehicle = null)
    {
        if (vehicle is not null && !TopicName.IsName(vehicle)) return TypedResults.BadRequest("vehicle is no name.");
        var now = time.GetUtcNow().AddDays(1);
        if (TimeWindow.Of(from, to, now, Year, TimeSpan.MaxValue) is not { } window)
            return TypedResults.BadRequest("from must lie before to.");
        var token = Access.TokenOf(context);
        await audit.AppendAsync(token.Tenant, token.Who, $"export hours.csv {vehicle ?? "all"}", context.RequestAborted);
        return TypedResults.Stream(
            output => hours.WriteAsync(output, token.Tenant, vehicle, window.From, window.To, context.RequestAborted),
            "text/csv; charset=utf-8", "hours.csv");
    }

    private async Task<IResult> VehicleAsync(HttpContext context, string vehicle)
    {
        var token = Access.TokenOf(context);
        if (await vehicles.VehicleIdAsync(token.Tenant, vehicle, context.RequestAborted) is null) return TypedResults.NotFound();
        await audit.AppendAsync(token.Tenant, token.Who, $"export vehicle {vehicle}", context.RequestAborted);
        return Send(
            context, $"{vehicle}.ndjson", vehicle, DateTimeOffset.UnixEpoch, time.GetUtcNow().AddYears(20), withData: true);
    }

    private PushStreamHttpResult Send(
        HttpContext context, string file, string? vehicle, DateTimeOffset from, DateTimeOffset to, bool withData)
    {
        var isCsv = file.EndsWith(".csv", StringComparison.Ordinal);
        var (tenant, stop) = (Access.TokenOf(context).Tenant, context.RequestAborted);
        var withEmotions = withData && !fleet.EuWork.Contains(Access.TokenOf(context).TenantName);
        return TypedResults.Stream(
            output => EventExport.WriteAsync(
                output,
                events.StreamAsync(
                    tenant, vehicle, from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds(), withEmotions, stop),
                    isCsv,
                withData, stop),
            isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson", file);
    }
}
