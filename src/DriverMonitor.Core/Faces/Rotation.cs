namespace DriverMonitor.Core.Faces;

/// <summary>
/// A rotation in the camera's axes (x right, y down, z away), read as R = Rz(roll) Ry(yaw) Rx(-pitch), so that a face
/// that looks straight into the camera is the identity and angles never jump near it.
/// </summary>
public readonly record struct Rotation(
    double R00, double R01, double R02,
    double R10, double R11, double R12,
    double R20, double R21, double R22)
{
    public static readonly Rotation Identity = new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    /// <summary>+ to the driver's right, for an unmirrored camera that faces the driver.</summary>
    public double YawDegrees => double.RadiansToDegrees(Math.Atan2(-R20, Math.Sqrt(R00 * R00 + R10 * R10)));

    /// <summary>+ up.</summary>
    public double PitchDegrees => -double.RadiansToDegrees(Math.Atan2(R21, R22));

    /// <summary>+ towards the driver's left shoulder.</summary>
    public double RollDegrees => double.RadiansToDegrees(Math.Atan2(R10, R00));

    /// <summary>Takes a point of the turned head back to where it would be on a head held straight.</summary>
    public Point3 Undo(Point3 p) => new(
        R00 * p.X + R10 * p.Y + R20 * p.Z,
        R01 * p.X + R11 * p.Y + R21 * p.Z,
        R02 * p.X + R12 * p.Y + R22 * p.Z);

    /// <summary>Turns a point of a head held straight.</summary>
    public Point3 Turn(Point3 p) => new(
        R00 * p.X + R01 * p.Y + R02 * p.Z,
        R10 * p.X + R11 * p.Y + R12 * p.Z,
        R20 * p.X + R21 * p.Y + R22 * p.Z);

    /// <summary>First <paramref name="b"/>, then <paramref name="a"/>.</summary>
    public static Rotation operator *(Rotation a, Rotation b)
    {
        var (x, y, z) = (a.Turn(new(b.R00, b.R10, b.R20)), a.Turn(new(b.R01, b.R11, b.R21)), a.Turn(new(b.R02, b.R12, b.R22)));
        return new(x.X, y.X, z.X, x.Y, y.Y, z.Y, x.Z, y.Z, z.Z);
    }

    /// <summary>About an axis, by the axis's length in radians.</summary>
    public static Rotation About(Point3 axis)
    {
        var angle = axis.Length;
        if (angle == 0) return Identity;
        var (sin, cos) = Math.SinCos(angle / 2);
        var unit = axis * (sin / angle);
        return FromQuaternion(cos, unit.X, unit.Y, unit.Z);
    }

    public static Rotation FromQuaternion(double w, double x, double y, double z) => new(
        w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y),
        2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x),
        2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z);
}
