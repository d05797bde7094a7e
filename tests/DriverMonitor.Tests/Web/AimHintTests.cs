using DriverMonitor.Camera;
using DriverMonitor.Core.Features;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using DriverMonitor.Web.Aim;
using SkiaSharp;

namespace DriverMonitor.Tests.Web;

/// <summary>What the page says about a camera that is mounted well or badly: real portraits, real networks.</summary>
public sealed class AimHintTests
{
    private const string Collins = "astronaut_eileen_collins_nasa.png", Hopper = "grace_hopper_usnavy.jpg";

    // The portrait's width, and where its middle lies, as shares of a picture of 640 by 480; then what is done to it.
    [Theory]
    [InlineData(Collins, 1.20, 0.55, 0.85, "", "good")]
    [InlineData(Hopper, 0.70, 0.50, 0.60, "", "good")]
    [InlineData(Collins, 0.80, 0.55, 0.70, "", "move_closer")]
    [InlineData(Hopper, 0.30, 0.50, 0.55, "", "move_closer")]
    [InlineData(Hopper, 1.50, 0.50, 0.80, "", "move_back")]
    [InlineData(Collins, 0.80, 0.20, 0.70, "", "face_left")]
    [InlineData(Hopper, 0.70, 0.80, 0.60, "", "face_right")]
    [InlineData(Hopper, 0.70, 0.50, 1.00, "", "face_low")]
    [InlineData(Hopper, 0.70, 0.50, 0.25, "", "face_high")]
    [InlineData(Collins, 0.80, 0.55, 0.70, "roll 28", "level_camera")]
    [InlineData(Hopper, 0.70, 0.50, 0.60, "roll -28", "level_camera")]
    [InlineData(Hopper, 0.70, 0.50, 0.60, "roll 180", "upside_down")]
    [InlineData(Hopper, 0.70, 0.50, 0.60, "roll 90", "on_its_side")]
    [InlineData(Hopper, 0.70, 0.50, 0.60, "light 0.1", "too_dark")]
    [InlineData(Collins, 1.20, 0.55, 0.85, "light 0.1", "too_dark")]
    [InlineData(Hopper, 0.70, 0.50, 0.60, "light 9", "less_glare")]
    [InlineData(Hopper, 0.70, 0.50, 0.60, "blur 12", "blurred")]
    [InlineData(Hopper, 0.70, 0.50, 5.00, "noise", "no_face")]
    [InlineData(Hopper, 0.70, 0.50, 5.00, "", "covered")]
    public void A_portrait_in_the_cab_is_answered_by(
        string portrait, double width, double across, double down, string done, string hint)
    {
        using var picture = SKBitmap.Decode(Pictures.Golden(portrait));
        Assert.Contains(hint, Update(canvas => Place(canvas, picture, width, across, down, done)));
    }

    [Theory]
    [InlineData(0, 0, "good")]
    [InlineData(48, 0, "turn_camera")]
    [InlineData(-48, 0, "turn_camera")]
    [InlineData(0, -30, "mount_lower")]
    public void A_head_that_is_seen_askew_is_answered_by(double yaw, double pitch, string hint)
    {
        using var face = new PortraitFace(Path.Combine(ModelStore.DefaultFolder(), "portrait"));
        Assert.Contains(hint, Update(canvas => face.Draw(canvas, new(0, 0, yaw, pitch)), face.Width, face.Height));
    }

    private static IReadOnlyList<string> Update(Action<SKCanvas> draw, int width = 640, int height = 480)
    {
        using var frame = new Frame(width, height, PixelLayout.Rgba32);
        using (
            var surface = SKSurface.Create(
                new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque), frame.Pixels, frame.Stride))
            draw(surface.Canvas);
        using var reader = new FaceReader(new VisionSettings(), default, TimeProvider.System);
        var picture = new AimPicture();
        var quality = reader.Read(frame).Picture;
        picture.Fill(frame, default, reader.Mesh, reader.Read(frame), quality);
        return AimHints.For(picture, new PictureSettings());
    }

    private static void Place(SKCanvas canvas, SKBitmap portrait, double width, double across, double down, string done)
    {
        canvas.Clear(new SKColor(90, 95, 100));
        if (done == "noise") Grain(canvas);
        var words = done.Split(' ');
        var much = words.Length > 1 ? float.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture) : 0;
        using var paint = new SKPaint();
        if (words[0] == "light")
            paint.ColorFilter = SKColorFilter.CreateColorMatrix([
                much,
                0,
                0,
                0,
                0,
                0,
                much,
                0,
                0,
                0,
                0,
                0,
                much,
                0,
                0,
                0,
                0,
                0,
                1,
                0,
            ]);
        if (words[0] == "blur")
            paint.ImageFilter = SKImageFilter.CreateBlur(much, much);
        canvas.SaveLayer(paint);
        canvas.Clear(new SKColor(90, 95, 100).WithAlpha(done.Length > 0 && done != "noise" ? (byte)255 : (byte)0));
        canvas.Translate((float)(640 * across), (float)(480 * down));
        if (words[0] == "roll") canvas.RotateDegrees(much);
        canvas.Scale((float)(640 * width / portrait.Width));
        canvas.DrawBitmap(portrait, -portrait.Width / 2f, -portrait.Height / 2f);
        canvas.Restore();
    }

    /// <summary>A seat's cloth: something to see, and nobody in it.</summary>
    private static void Grain(SKCanvas canvas)
    {
        using var paint = new SKPaint { Color = new SKColor(140, 135, 120) };
        for (var y = 0; y < 480; y += 6)
            for (var x = y % 12; x < 640; x += 12) canvas.DrawRect(x, y, 6, 6, paint);
    }
}
