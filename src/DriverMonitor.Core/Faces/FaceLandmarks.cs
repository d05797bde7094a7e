namespace DriverMonitor.Core.Faces;

/// <summary>
/// The 478 points of the attention mesh: x and y in pixels of the upright picture, z in the same unit, growing away from
/// the camera. Pixels and not shares of the picture: shares would distort every ratio by the picture's aspect.
/// </summary>
public readonly ref struct FaceLandmarks
{
    public const int Count = 478;

    private readonly ReadOnlySpan<float> _xyz;

    /// <param name="xyz">Three floats a point, <see cref="Count"/> points.</param>
    public FaceLandmarks(ReadOnlySpan<float> xyz)
    {
        if (xyz.Length != Count * 3) throw new ArgumentException($"Expected {Count * 3} floats, got {xyz.Length}.", nameof(xyz));
        _xyz = xyz;
    }

    public Point3 this[int point] => new(_xyz[point * 3], _xyz[point * 3 + 1], _xyz[point * 3 + 2]);
}

/// <summary>A point or an arrow in space.</summary>
public readonly record struct Point3(double X, double Y, double Z)
{
    public static Point3 operator +(Point3 a, Point3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);
    public static Point3 operator -(Point3 a, Point3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);
    public static Point3 operator *(Point3 a, double by) => new(a.X * by, a.Y * by, a.Z * by);

    public double Length => Math.Sqrt(X * X + Y * Y + Z * Z);

    /// <summary>Length as the picture shows it, depth ignored.</summary>
    public double FlatLength => Math.Sqrt(X * X + Y * Y);

    public double Dot(Point3 other) => X * other.X + Y * other.Y + Z * other.Z;
}
