using SkiaSharp;

namespace DriverMonitor.Camera;

/// <summary>
/// A driver without a car: a portrait that follows a script, so that the real networks have something real to see.
/// </summary>
/// <param name="paceBy">Null draws as fast as pictures are read.</param>
/// <param name="look">How the driver is made up; null as in the portrait.</param>
/// <param name="isLive">Behave like a device, which nobody waits for and which begins anew when it has ended.</param>
internal sealed class PortraitCamera(
    string folder,
    PortraitScript script,
    TimeProvider? paceBy,
    double framesPerSecond = 15,
    bool isLive = false,
    PortraitLook? look = null
) : ICamera
{
    private PortraitFace? _face;
    private long _started;
    private long _drawn;
    private volatile bool _hasEnded;

    public bool IsLive => isLive;

    public int? FrameCount => (int)(script.Length.TotalSeconds * framesPerSecond);

    public void Open()
    {
        _face ??= new PortraitFace(folder, look);
        _drawn = 0;
        _started = paceBy?.GetTimestamp() ?? 0;
    }

    /// <summary>The script was shown to its end; on a busy machine that takes longer than it is.</summary>
    public bool HasEnded => _hasEnded;

    public Frame NewFrame() => new(_face!.Width, _face.Height, PixelLayout.Rgba32);

    public bool Read(Frame frame, CancellationToken stop)
    {
        var at = TimeSpan.FromSeconds(_drawn / framesPerSecond);
        if (at >= script.Length) return !(_hasEnded = true);

        using (
            var surface = SKSurface.Create(
                new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), frame.Pixels, frame.Stride))
            _face!.Draw(surface.Canvas, look?.Narrow(script.At(at)) ?? script.At(at));
        WaitUntil(at, stop);
        frame.At = at;
        _drawn++;
        return true;
    }

    public void Close()
    {
        _face?.Dispose();
        _face = null;
    }

    public void Dispose() => Close();

    private void WaitUntil(TimeSpan at, CancellationToken stop)
    {
        if (paceBy is null) return;
        var left = at - paceBy.GetElapsedTime(_started);
        if (left > TimeSpan.Zero) Task.Delay(left, paceBy, stop).GetAwaiter().GetResult();
    }
}
