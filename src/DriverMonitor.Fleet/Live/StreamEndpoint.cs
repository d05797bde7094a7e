using System.Globalization;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DriverMonitor.Fleet.Live;

/// <summary>Events as they are stored, as server-sent events.</summary>
internal sealed class StreamEndpoint(LiveEvents live, ArrivalReader arrivals, FleetDatabase database, TimeProvider time)
{
    /// <summary>More was missed: the client loads its lists anew.</summary>
    private const int MostMissed = 10_000;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Then the client comes again, and shows anew that it may: a token that was taken back sees no more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public void Map(IEndpointRouteBuilder api) =>
        // A handler that takes the context alone would be left out of the contract.
        api.MapGet("/stream", (Delegate)StreamAsync).Needs(ApiToken.Read)
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .WithSummary("Server-sent events alert, device, gap, trip; now every 5 s; reset when too much was missed (Last-Event-ID).");

    private async Task StreamAsync(HttpContext context)
    {
        var tenant = Access.TokenOf(context).Tenant;
        using var watch = live.TryWatch(tenant);
        if (watch is null)
        {
            context.Response.Headers.RetryAfter = "5";
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        // A proxy that collects what it passes on would hold alerts back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var end = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, watch.Cut, end.Token);
        try
        {
            await SendAsync(context.Response, LiveFrame.Start, either.Token);
            if (context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } seen)
                await CatchUpAsync(context.Response, tenant, seen, either.Token);
            await FollowAsync(context.Response, watch, either.Token);
        }
        catch (OperationCanceledException)
        {
            // Hung up, cut off, or long enough: the client comes again.
            if (watch.Cut.IsCancellationRequested) context.Abort();
        }
    }

    /// <summary>Live events wait meanwhile: none falls between what is read and what comes.</summary>
    private async Task CatchUpAsync(HttpResponse response, int tenant, string seen, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var newest = await arrivals.NewestAsync(connection, stop);
        var isKnown = long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last <= newest;
        List<LiveMessage> missed = [];
        if (isKnown)
        {
            var stored = arrivals.ReadAsync(connection, live.ResumeAfter(last), newest, tenant, MostMissed + 1, stop);
            await foreach (var one in stored) missed.Add(one);
        }

        if (!isKnown || missed.Count > MostMissed) await SendAsync(response, LiveFrame.Reset, stop);
        else
            foreach (var one in missed) await response.Body.WriteAsync(one.Frame, stop);
        await response.Body.FlushAsync(stop);
    }

    private async Task FollowAsync(HttpResponse response, LiveWatch watch, CancellationToken stop)
    {
        while (true)
        {
            var arrival = watch.Frames.WaitToReadAsync(stop).AsTask();
            while (!arrival.IsCompleted)
            {
                await ((Task)arrival).WaitAsync(Heartbeat, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stop.ThrowIfCancellationRequested();
                if (!arrival.IsCompleted) await SendAsync(response, LiveFrame.Heartbeat, stop);
            }

            if (!await arrival) return;
            while (watch.Frames.TryRead(out var frame)) await response.Body.WriteAsync(frame, stop);
            await response.Body.FlushAsync(stop);
        }
    }

    private static async Task SendAsync(HttpResponse response, byte[] frame, CancellationToken stop)
    {
        await response.Body.WriteAsync(frame, stop);
        await response.Body.FlushAsync(stop);
    }
}
