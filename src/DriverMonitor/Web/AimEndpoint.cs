using System.Text.Json;
using DriverMonitor.Core.Features;
using DriverMonitor.Web.Aim;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SkiaSharp;

namespace DriverMonitor.Web;

/// <summary>
/// The live picture for aiming: switched on for ten minutes by who has signed in or by the button on the device, shown to one
/// viewer who has signed in, five times a second, and over as soon as the page closes. What makes pictures of pixels lives only
/// inside <see cref="StreamAsync"/>.
/// </summary>
internal sealed partial class AimEndpoint(FrameTap tap, PictureSettings limits, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly ILogger _log = log;
    private readonly Lock _gate = new();
    private CancellationTokenSource? _viewer;

    public bool IsOn => tap.Permit.IsGiven;

    public void Begin()
    {
        tap.Permit.Grant();
        LogOn();
    }

    public void End()
    {
        if (!tap.Permit.TakeBack()) return;
        lock (_gate) _viewer?.Cancel();
        LogOff();
    }

    /// <summary>Sends pictures until the viewer leaves, the ten minutes are over or <see cref="End"/> is called.</summary>
    public async Task StreamAsync(HttpContext context)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (!TryTake(over))
        {
            await RequestGuard.Refuse(context, 409, "aim_is_off");
            return;
        }

        try
        {
            over.CancelAfter(AimPermit.Longest);
            EventStream.Begin(context);
            var picture = new AimPicture();
            using var timer = new PeriodicTimer(Between, time);
            do
            {
                await tap.NextAsync(picture, over.Token);
                await EventStream.SendAsync(context, "picture", Encode(picture), over.Token);
            }
            while (await timer.WaitForNextTickAsync(over.Token) && IsOn);
        }
        catch (OperationCanceledException)
        {
            // left, or over
        }
        finally
        {
            lock (_gate) _viewer = null;
            End();
        }
    }

    private bool TryTake(CancellationTokenSource viewer)
    {
        lock (_gate)
        {
            if (!IsOn || _viewer is not null) return false;
            _viewer = viewer;
            return true;
        }
    }

    private byte[] Encode(AimPicture picture)
    {
        using var pixels = SKImage.FromPixelCopy(
            new SKImageInfo(picture.Width, picture.Height, SKColorType.Gray8, SKAlphaType.Opaque), picture.Luma);
        using var jpeg = pixels.Encode(SKEncodedImageFormat.Jpeg, 70);
        return JsonSerializer.SerializeToUtf8Bytes(
            new AimShot(picture.Width, picture.Height, jpeg.ToArray(), picture.Points, AimHints.For(picture, limits)),
            EventStream.Shape);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The live picture for aiming is on, for ten minutes at most.")]
    private partial void LogOn();

    [LoggerMessage(Level = LogLevel.Information, Message = "The live picture for aiming is off.")]
    private partial void LogOff();

    private sealed record AimShot(int Width, int Height, byte[] Jpeg, int[] Points, IReadOnlyList<string> Hints);
}
