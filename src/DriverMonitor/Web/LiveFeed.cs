using System.Text.Json;
using DriverMonitor.Core.Signals;
using Microsoft.AspNetCore.Http;

namespace DriverMonitor.Web;

/// <summary>
/// What happens, told to every open page twice a second at most, and only when it changed. Nothing is written while none is open.
/// </summary>
internal sealed class LiveFeed(PageSink sink, PageActions hands, Func<bool> aiming, TimeProvider time)
{
    private const int MostViewers = 8;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private int _viewers;

    public NowView Now() => sink.Now(NamesOf(hands.Allowed()), aiming());

    public async Task StreamAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _viewers) > MostViewers)
        {
            Interlocked.Decrement(ref _viewers);
            await RequestGuard.Refuse(context, 503, "too_many_pages");
            return;
        }

        try
        {
            using var watching = sink.Watch();
            EventStream.Begin(context);
            await PublishAsync(context, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // the page was closed
        }
        finally
        {
            Interlocked.Decrement(ref _viewers);
        }
    }

    private async Task PublishAsync(HttpContext context, CancellationToken stop)
    {
        var told = -1L;
        var toldAt = time.GetTimestamp();
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            // Told again now and then although nothing changed: the page would take silence for a lost device.
            if (sink.Version == told && time.GetElapsedTime(toldAt) < Longest) continue;
            (told, toldAt) = (sink.Version, time.GetTimestamp());
            await EventStream.SendAsync(context, "now", JsonSerializer.SerializeToUtf8Bytes(Now(), EventStream.Shape), stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    public static IReadOnlyList<string> NamesOf(Modalities allowed) =>
        [.. Core.Privacy.ConsentText.Each.Where(one => (allowed & one) != 0).Select(one => one.ToString().ToLowerInvariant())];
}
