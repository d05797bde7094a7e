using System.Text.Json;
using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Tests.Vectors;

namespace DriverMonitor.Core.Tests.Faces;

/// <summary>Six pixels of a generic face fix the signs of yaw, pitch and roll.</summary>
public class PerspectivePoseTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Vector.Cases.GetProperty("pose").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Six_pixels_tell_the_turn(int number)
    {
        var vector = Vector.Cases.GetProperty("pose")[number];
        var (turn, place) = PerspectivePose.Solve(
            Points(vector.GetProperty("model")), Points(vector.GetProperty("pixels")), vector.Number("f")!.Value,
            new(vector.Number("cx")!.Value, vector.Number("cy")!.Value, 0));

        Assert.Equal(vector.Number("yaw")!.Value, turn.YawDegrees, 0.1);
        Assert.Equal(vector.Number("pitch")!.Value, turn.PitchDegrees, 0.1);
        Assert.Equal(vector.Number("roll")!.Value, turn.RollDegrees, 0.1);
        Assert.Equal(3500, place.Z, 1.0);
    }

    /// <summary>
    /// The product's own fit, which reads depth from the mesh, and this one, which has none, name the same turn.
    /// </summary>
    [Theory]
    [InlineData(25, -10, 4)]
    [InlineData(-40, 15, -8)]
    public void Both_fits_agree_on_a_far_face(double yaw, double pitch, double roll)
    {
        var made =
            Rotation.About(new(0, 0, double.DegreesToRadians(roll)))
            * Rotation.About(new(0, double.DegreesToRadians(yaw), 0))
            * Rotation.About(new(double.DegreesToRadians(-pitch), 0, 0));
        var model = Enumerable.Range(0, CanonicalFace.Indices.Length).Select(Canonical).ToArray();
        var mesh = new float[FaceLandmarks.Count * 3];
        var pixels = new Point3[model.Length];
        // From far away perspective is as good as none, which is what the mesh has.
        for (var i = 0; i < model.Length; i++)
        {
            var at = made.Turn(model[i]) + new Point3(0, 0, 100_000);
            pixels[i] = new(320 + 640_000 * at.X / at.Z, 240 + 640_000 * at.Y / at.Z, 0);
            Put(mesh, CanonicalFace.Indices[i], pixels[i].X, pixels[i].Y, 6.4 * (at.Z - 100_000));
        }

        var (turn, _) = PerspectivePose.Solve(model, pixels, 640_000, new(320, 240, 0));
        var fitted = HeadPoseFit.Rotation(new FaceLandmarks(mesh));

        Assert.Equal(
            (yaw, pitch, roll),
            (Math.Round(turn.YawDegrees, 1), Math.Round(turn.PitchDegrees, 1), Math.Round(turn.RollDegrees, 1)));
        Assert.Equal(turn.YawDegrees, fitted.YawDegrees, 0.1);
        Assert.Equal(turn.PitchDegrees, fitted.PitchDegrees, 0.1);
        Assert.Equal(turn.RollDegrees, fitted.RollDegrees, 0.1);
    }

    [Fact]
    public void Points_that_fix_nothing_are_refused()
    {
        Point3[] three = [new(0, 0, 0), new(1, 0, 0), new(0, 1, 0)];
        Point3[] one = [default, default, default, default];
        Assert.Throws<ArgumentException>(() => PerspectivePose.Solve(three, three, 640, default));
        Assert.Throws<ArgumentException>(() => PerspectivePose.Solve([.. three, new(1, 1, 1)], one, 640, default));
    }

    private static Point3 Canonical(int i) =>
        new(CanonicalFace.Points[i * 3], CanonicalFace.Points[i * 3 + 1], CanonicalFace.Points[i * 3 + 2]);

    private static void Put(float[] mesh, int point, double x, double y, double z) =>
        (mesh[point * 3], mesh[point * 3 + 1], mesh[point * 3 + 2]) = ((float)x, (float)y, (float)z);

    private static Point3[] Points(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => row.Numbers()).Select(p => new Point3(p[0], p[1], p.Length > 2 ? p[2] : 0))];
}
