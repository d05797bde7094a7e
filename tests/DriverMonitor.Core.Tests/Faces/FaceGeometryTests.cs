using DriverMonitor.Core.Faces;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Faces;

public sealed class FaceGeometryTests
{
    [Theory]
    [InlineData(6, -4, 0.333333)] // an open eye
    [InlineData(1.5, -1.5, 0.1)] // a shut one
    public void Eye_aspect_ratio_is_lid_gap_over_width(double upper, double lower, double expected)
    {
        Point3[] ring = [new(0, 0, 0), new(10, upper, 0), new(20, upper, 0), new(30, 0, 0), new(20, lower, 0), new(10, lower, 0)];

        Assert.Equal(expected, EyeAspect.Of(ring), 1e-6);
    }

    /// <summary>Shares of the picture instead of pixels would shrink a face's height in a tall picture.</summary>
    [Fact]
    public void Eye_aspect_ratio_does_not_change_with_the_picture_s_size()
    {
        Point3[] ring = [new(0, 0, 0), new(10, 6, 0), new(20, 6, 0), new(30, 0, 0), new(20, -4, 0), new(10, -4, 0)];
        var larger = Array.ConvertAll(ring, p => p * 3.7);

        Assert.Equal(EyeAspect.Of(ring), EyeAspect.Of(larger), 1e-12);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(20, -10, 5)]
    [InlineData(-30, 0, 0)]
    [InlineData(0, -25, 0)]
    [InlineData(65, 20, -15)]
    [InlineData(-80, -30, 40)]
    public void Head_pose_is_the_turn_that_was_made(double yaw, double pitch, double roll)
    {
        var made = Turn(yaw, pitch, roll);
        var face = Face(made, scale: 23, x: 320, y: 200);

        var found = HeadPoseFit.Rotation(new FaceLandmarks(face));

        Assert.Equal(yaw, found.YawDegrees, 1e-3);
        Assert.Equal(pitch, found.PitchDegrees, 1e-3);
        Assert.Equal(roll, found.RollDegrees, 1e-3);
    }

    [Fact]
    public void Looking_to_the_driver_s_right_turns_the_nose_to_the_picture_s_left()
    {
        var face = new FaceLandmarks(Face(Turn(30, 0, 0), scale: 23, x: 320, y: 200));

        Assert.True(face[4].X < (face[33].X + face[263].X) / 2);
    }

    [Theory]
    [InlineData(0, 1, 1)] // straight ahead: both eyes count
    [InlineData(50, 0, 0.8333)] // turned to the right: the picture's left eye hides behind the nose
    [InlineData(-50, 0.8333, 0)]
    public void The_far_eye_of_a_turned_head_is_not_believed(double yaw, double left, double right)
    {
        var face = new FaceLandmarks(Face(Turn(yaw, 0, 0), scale: 23, x: 320, y: 240));

        var reading = FaceMeasurement.Read(face, presence: 1, trackId: 1, width: 640, height: 480);

        Assert.Equal(left, reading.LeftEye.Visibility, 1e-3);
        Assert.Equal(right, reading.RightEye.Visibility, 1e-3);
    }

    [Fact]
    public void An_eye_outside_the_picture_is_not_believed()
    {
        var face = new FaceLandmarks(Face(Turn(0, 0, 0), scale: 23, x: 60, y: 240));

        var reading = FaceMeasurement.Read(face, presence: 1, trackId: 1, width: 640, height: 480);

        Assert.Equal(0, reading.LeftEye.Visibility);
        Assert.Equal(1, reading.RightEye.Visibility);
    }

    /// <summary>R = Rz(roll) Ry(yaw) Rx(-pitch), written out by its definition.</summary>
    private static double[,] Turn(double yaw, double pitch, double roll)
    {
        var (sy, cy) = Math.SinCos(double.DegreesToRadians(yaw));
        var (sp, cp) = Math.SinCos(double.DegreesToRadians(-pitch));
        var (sr, cr) = Math.SinCos(double.DegreesToRadians(roll));
        double[,] rz = { { cr, -sr, 0 }, { sr, cr, 0 }, { 0, 0, 1 } };
        double[,] ry = { { cy, 0, sy }, { 0, 1, 0 }, { -sy, 0, cy } };
        double[,] rx = { { 1, 0, 0 }, { 0, cp, -sp }, { 0, sp, cp } };
        return Times(Times(rz, ry), rx);
    }

    private static double[,] Times(double[,] a, double[,] b)
    {
        var c = new double[3, 3];
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
                for (var k = 0; k < 3; k++)
                    c[i, j] += a[i, k] * b[k, j];
        return c;
    }

    /// <summary>The rigid points of the canonical face, turned and drawn; the eyes' inner points are filled in between.</summary>
    private static float[] Face(double[,] r, double scale, double x, double y)
    {
        var xyz = new float[FaceLandmarks.Count * 3];
        for (var k = 0; k < CanonicalFace.Indices.Length; k++)
            Put(
                CanonicalFace.Indices[k],
                CanonicalFace.Points[k * 3],
                CanonicalFace.Points[k * 3 + 1],
                CanonicalFace.Points[k * 3 + 2]);
        Put(133, -1.856, -2.585, -3.758);
        Put(362, 1.856, -2.585, -3.758);
        return xyz;

        void Put(int point, double px, double py, double pz)
        {
            xyz[point * 3] = (float)(x + scale * (r[0, 0] * px + r[0, 1] * py + r[0, 2] * pz));
            xyz[point * 3 + 1] = (float)(y + scale * (r[1, 0] * px + r[1, 1] * py + r[1, 2] * pz));
            xyz[point * 3 + 2] = (float)(scale * (r[2, 0] * px + r[2, 1] * py + r[2, 2] * pz));
        }
    }
}
