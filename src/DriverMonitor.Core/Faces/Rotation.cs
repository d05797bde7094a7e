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

    /// <summary>+ to the driver's right, for an unmirrored camera that faces him.</summary>
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

    public static Rotation FromQuaternion(double w, double x, double y, double z) => new(
        w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y),
        2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x),
        2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z);
}
