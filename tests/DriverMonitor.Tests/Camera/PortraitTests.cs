using DriverMonitor.Camera;
using DriverMonitor.Core.Signals;
using DriverMonitor.Vision;
using SkiaSharp;

namespace DriverMonitor.Tests.Camera;

/// <summary>The scripted face is only worth something if the real networks read from it what the script says.</summary>
public sealed class PortraitTests : IDisposable
{
    private readonly PortraitFace _face = new(Path.Combine(ModelStore.DefaultFolder(), "portrait"));
    private readonly FaceReader _reader = new(new VisionSettings(), default, TimeProvider.System);

    public void Dispose()
    {
        _face.Dispose();
        _reader.Dispose();
    }

    //                 shut mouth  yaw    EAR from..to   mouth from..to  yaw from..to
    [Theory]
    [InlineData(0.0, 0.0, 0, 0.28, 0.38, 0.0, 0.30, -5, 5)] // as in the portrait
    [InlineData(0.6, 0.0, 0, 0.15, 0.27, 0.0, 0.30, -5, 5)]
    [InlineData(1.0, 0.0, 0, 0.00, 0.13, 0.0, 0.30, -5, 5)] // shut
    [InlineData(0.0, 0.5, 0, 0.25, 0.40, 0.3, 0.80, -8, 8)] // a yawn begins
    [InlineData(0.0, 1.0, 0, 0.25, 0.40, 0.5, 1.20, -8, 8)] // a yawn
    [InlineData(0.0, 0.0, 32, 0.20, 0.45, 0.0, 0.35, 20, 45)] // to the driver's right
    [InlineData(0.0, 0.0, -32, 0.20, 0.45, 0.0, 0.35, -45, -20)]
    public void The_networks_read_what_the_script_says(
        double shut,
        double mouth,
        double yaw,
        double earFrom,
        double earTo,
        double mouthFrom,
        double mouthTo,
        double yawFrom,
        double yawTo)
    {
        using var frame = Draw(new PortraitPose(shut, mouth, yaw, 0));
        _reader.Read(frame);
        var reading = _reader.Read(frame);

        Assert.Equal(Sight.Driver, reading.Sight);
        Assert.InRange(reading.Presence, 0.9, 1);
        var near = yaw > 0 ? reading.RightEye : reading.LeftEye;
        Assert.InRange(near.AspectRatio!.Value, earFrom, earTo);
        Assert.InRange(reading.MouthOpen!.Value, mouthFrom, mouthTo);
        Assert.InRange(reading.Head!.Value.YawDegrees, yawFrom, yawTo);
    }

    [Theory]
    [InlineData(0.0, 0)] // before
    [InlineData(2.0, 0)] // the moment it begins
    [InlineData(2.07, 1)] // lids close in 70 ms
    [InlineData(2.5, 1)]
    [InlineData(2.93, 0.5)] // and open in 140
    [InlineData(3.0, 0)]
    public void A_move_comes_and_goes_smoothly(double at, double shut)
    {
        var script = new PortraitScript(TimeSpan.FromSeconds(10),
            new PortraitLine(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), PortraitMove.EyesShut));

        Assert.Equal(shut, script.At(TimeSpan.FromSeconds(at)).EyesShut, 1e-6);
    }

    [Fact]
    public void The_script_s_length_is_the_recording_s()
    {
        using var camera = new PortraitCamera(Path.Combine(ModelStore.DefaultFolder(), "portrait"),
            new PortraitScript(TimeSpan.FromSeconds(1)), paceBy: null, framesPerSecond: 10);
        camera.Open();
        using var frame = camera.NewFrame();
        var times = new List<double>();
        while (camera.Read(frame, CancellationToken.None)) times.Add(frame.At.TotalSeconds);

        Assert.Equal(10, camera.FrameCount);
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], times.Select(t => Math.Round(t, 3)));
    }

    private Frame Draw(in PortraitPose pose)
    {
        var frame = new Frame(_face.Width, _face.Height, PixelLayout.Rgba32);
        using var surface = SKSurface.Create(
            new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), frame.Pixels, frame.Stride);
        _face.Draw(surface.Canvas, pose);
        return frame;
    }
}
