using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Vision;

/// <summary>Where the phone detector looks, in turns.</summary>
public sealed class PhoneSquaresTests
{
    // Upright pictures of 1280 x 960; a square's middle is told in faces from the eyes.
    [Theory]
    [InlineData("room all round", 640, 250, 150, 0, "0/1.9 -1.5/1.9 1.5/1.9 0/3.6 0/0.3 0/1.9")]
    [InlineData("a camera upside down", 640, 710, 150, 180, "0/1.9 -1.5/1.9 1.5/1.9 0/3.6 0/0.3 0/1.9")]
    [InlineData("a camera on its side", 400, 480, 150, -90, "0/1.9 -1.5/1.9 1.5/1.9 0/3.6 0/0.3 0/1.9")]
    [InlineData("a lap out of the picture", 640, 600, 150, 0, "0/1.4 -1.5/1.4 1.5/1.4 0/0.3 0/1.4 -1.5/1.4")]
    [InlineData("a face that fills the picture", 640, 480, 960, 0, "0/0 0/0 0/0 0/0 0/0 0/0")]
    public void One_after_the_other_and_none_twice(
        string name, double x, double y, double size, double degrees, string expected)
    {
        var face = new FaceFrame(x, y, size, degrees * Math.PI / 180);
        var squares = new PhoneSquares();

        var seen = new List<string>();
        for (var look = 0; look < 6; look++)
        {
            seen.Add(Place(face, squares.Current(face, 1280, 960)));
            squares.Update(isFound: false);
        }

        Assert.Equal((name, expected), (name, string.Join(' ', seen)));
    }

    [Fact]
    public void Where_something_was_found_is_looked_at_again()
    {
        var face = new FaceFrame(640, 250, 150, 0);
        var squares = new PhoneSquares();

        var seen = new List<string>();
        foreach (var isFound in new[] { false, true, true, false, false })
        {
            seen.Add(Place(face, squares.Current(face, 1280, 960)));
            squares.Update(isFound);
        }

        Assert.Equal(["0/1.9", "-1.5/1.9", "-1.5/1.9", "-1.5/1.9", "1.5/1.9"], seen);
    }

    private static string Place(in FaceFrame face, in CropArea square)
    {
        var (sin, cos) = Math.SinCos(face.AngleRadians);
        var (dx, dy) = ((square.CentreX - face.EyesX) / face.Size, (square.CentreY - face.EyesY) / face.Size);
        return FormattableString.Invariant(
            $"{Math.Round(dx * cos + dy * sin, 1) + 0.0:0.#}/{Math.Round(dy * cos - dx * sin, 1) + 0.0:0.#}");
    }
}
