using System.Text.Json;
using DriverMonitor.Camera;
using DriverMonitor.Core.Signals;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

/// <summary>The shipped networks on two public-domain portraits, against a slow and obvious pipeline's landmarks.</summary>
public sealed class GoldenFaceTests
{
    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllText(Pictures.Golden("landmarks.json"))).RootElement;

    [Theory]
    [InlineData("astronaut_eileen_collins_nasa.png", "Rgba32", 1.0, 0.01)]
    [InlineData("grace_hopper_usnavy.jpg", "Rgba32", 1.0, 0.01)]
    [InlineData("astronaut_eileen_collins_nasa.png", "Bgr24", 1.0, 0.01)]
    [InlineData("grace_hopper_usnavy.jpg", "Bgr24", 1.0, 0.01)]
    [InlineData("astronaut_eileen_collins_nasa.png", "I420", 1.0, 0.025)] // half the colour resolution moves the lids a little
    [InlineData("grace_hopper_usnavy.jpg", "I420", 1.0, 0.025)]
    [InlineData("astronaut_eileen_collins_nasa.png", "I420Limited", 1.0, 0.025)]
    [InlineData("grace_hopper_usnavy.jpg", "I420Limited", 1.0, 0.025)]
    [InlineData("grace_hopper_usnavy.jpg", "Gray8", 1.5, 0.03)] // an infrared camera sees no colour at all
    public void Landmarks_are_the_reference_ones(string picture, string layout, double pixels, double ear)
    {
        using var frame = Pictures.Load(Pictures.Golden(picture), Enum.Parse<PixelLayout>(layout));
        using var reader = new FaceReader(new VisionSettings(), default, TimeProvider.System);

        reader.Read(frame);
        var second = reader.Read(frame); // the reference was taken on the second pass, cropped round the first one's mesh

        Assert.Equal(Sight.Driver, second.Sight);
        Assert.InRange(second.Presence, 0.99, 1.0);
        Assert.InRange(MeanDistance(reader, picture), 0, pixels);
        var expected = Expected.GetProperty(picture);
        Assert.Equal(expected.GetProperty("earLeft").GetDouble(), second.LeftEye.AspectRatio!.Value, ear);
        Assert.Equal(expected.GetProperty("earRight").GetDouble(), second.RightEye.AspectRatio!.Value, ear);
    }

    [Theory]
    [InlineData("astronaut_eileen_collins_nasa.png")]
    [InlineData("grace_hopper_usnavy.jpg")]
    public void A_camera_mounted_on_its_side_gives_the_same_face(string picture)
    {
        using var upright = Pictures.Load(Pictures.Golden(picture));
        using var frame = Pictures.OnItsSide(upright);
        using var reader = new FaceReader(new VisionSettings(), new PictureOrientation(90, Mirror: false), TimeProvider.System);

        reader.Read(frame);
        Assert.Equal(Sight.Driver, reader.Read(frame).Sight);
        Assert.InRange(MeanDistance(reader, picture), 0, 1.0);
    }

    /// <summary>Against the same network in another runtime, on the slow pipeline's points.</summary>
    [Theory]
    [InlineData("astronaut_eileen_collins_nasa.png", 0.030, 0.062, 0.016, 0.905)]
    [InlineData("grace_hopper_usnavy.jpg", 0.089, 0.089, 0.002, 0.002)]
    public void Blendshapes_are_the_reference_ones(string picture, double leftBlink, double rightBlink, double jaw, double smile)
    {
        using var frame = Pictures.Load(Pictures.Golden(picture));
        using var reader = new FaceReader(new VisionSettings(), default, TimeProvider.System);

        reader.Read(frame);
        var read = reader.Read(frame).Blendshapes!.Value;

        Assert.Equal(leftBlink, read.LeftBlink, 0.03);
        Assert.Equal(rightBlink, read.RightBlink, 0.03);
        Assert.Equal(jaw, read.JawOpen, 0.03);
        Assert.Equal(smile, read.Smile, 0.05);
    }

    [Fact]
    public void A_mirroring_camera_is_set_right()
    {
        using var frame = Pictures.Load(Pictures.Golden("astronaut_eileen_collins_nasa.png"));
        using var plain = new FaceReader(new VisionSettings(), default, TimeProvider.System);
        using var mirrored = new FaceReader(new VisionSettings(), new PictureOrientation(0, Mirror: true), TimeProvider.System);

        var (a, b) = (plain.Read(frame), mirrored.Read(frame));

        Assert.Equal(a.Head!.Value.YawDegrees, -b.Head!.Value.YawDegrees, 3.0);
        Assert.Equal(a.Head!.Value.RollDegrees, -b.Head!.Value.RollDegrees, 2.0);
    }

    private static double MeanDistance(FaceReader reader, string picture)
    {
        var points = Expected.GetProperty(picture).GetProperty("landmarks");
        var sum = 0.0;
        for (var i = 0; i < 478; i++)
        {
            var (found, want) = (reader.Mesh.Landmarks[i], points[i]);
            sum += Math.Sqrt(Math.Pow(found.X - want[0].GetDouble(), 2) + Math.Pow(found.Y - want[1].GetDouble(), 2));
        }

        return sum / 478;
    }
}
