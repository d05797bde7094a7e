using DriverMonitor.Core.Faces;

namespace DriverMonitor.Core.Tests.Faces;

/// <summary>
/// A head's turn and place from a few points of a rigid face and their pixels in a pinhole camera: Gauss-Newton on the
/// six unknowns, from a face that looks straight into the camera.
/// </summary>
/// <remarks>
/// The product reads the pose from the mesh's own depth (<see cref="HeadPoseFit"/>). This one needs no depth and no mesh,
/// and shares nothing with that fit but the meaning of a <see cref="Rotation"/>: it is the second opinion that the signs
/// of yaw, pitch and roll are checked against. Needs four points and more, not all in a line.
/// </remarks>
internal static class PerspectivePose
{
    private const int Unknowns = 6;
    private const int MostRounds = 50;
    private const double Settled = 1e-10;

    /// <param name="model">Points of the face in any unit, in the camera's axes: x right, y down, z away.</param>
    /// <param name="pixels">The same points in the picture; depth is not read.</param>
    /// <param name="focal">Focal length in pixels; about the picture's width where nobody calibrated.</param>
    /// <param name="centre">Where the camera's axis meets the picture.</param>
    /// <returns>The turn, and where the model's origin lies before the camera, in the model's unit.</returns>
    public static (Rotation Turn, Point3 Place) Solve(
        ReadOnlySpan<Point3> model, ReadOnlySpan<Point3> pixels, double focal, Point3 centre)
    {
        if (model.Length != pixels.Length || model.Length < 4) throw new ArgumentException("Needs four points and more, and a pixel for each.", nameof(pixels));

        var turn = Rotation.Identity;
        var place = Guess(model, pixels, focal, centre);
        Span<double> normal = stackalloc double[Unknowns * Unknowns];
        Span<double> by = stackalloc double[Unknowns];
        for (var round = 0; round < MostRounds; round++)
        {
            normal.Clear();
            by.Clear();
            for (var i = 0; i < model.Length; i++)
            {
                var turned = turn.Turn(model[i]);
                Gather(turned, turned + place, pixels[i] - centre, focal, normal, by);
            }

            SolveInPlace(normal, by);
            turn = Rotation.About(new(by[0], by[1], by[2])) * turn;
            place += new Point3(by[3], by[4], by[5]);
            if (Math.Abs(by[0]) + Math.Abs(by[1]) + Math.Abs(by[2]) < Settled) break;
        }

        return (turn, place);
    }

    /// <summary>As far away as the face is small.</summary>
    private static Point3 Guess(ReadOnlySpan<Point3> model, ReadOnlySpan<Point3> pixels, double focal, Point3 centre)
    {
        var (size, seen) = (Size(model), Size(pixels));
        if (!(seen > 0)) throw new ArgumentException("All pixels are one.", nameof(pixels));
        var away = focal * size / seen;
        var middle = Middle(pixels) - centre;
        return new Point3(middle.X * away / focal, middle.Y * away / focal, away) - Middle(model);
    }

    private static double Size(ReadOnlySpan<Point3> points)
    {
        var middle = Middle(points);
        var sum = 0.0;
        foreach (var p in points) sum += (p - middle).FlatLength;
        return sum / points.Length;
    }

    private static Point3 Middle(ReadOnlySpan<Point3> points)
    {
        var sum = default(Point3);
        foreach (var p in points) sum += p;
        return sum * (1.0 / points.Length);
    }

    /// <summary>
    /// Adds one point's two equations: what the pixel misses, against what a small turn and shift would do to it.
    /// </summary>
    private static void Gather(Point3 turned, Point3 at, Point3 pixel, double focal, Span<double> normal, Span<double> by)
    {
        var scale = focal / at.Z;
        Span<double> row = stackalloc double[Unknowns];
        // A small turn w moves the point by w x turned.
        Along(at.X / at.Z, new(0, turned.Z, -turned.Y), new(1, 0, 0), row);
        Add(row, pixel.X - scale * at.X, normal, by);
        Along(at.Y / at.Z, new(-turned.Z, 0, turned.X), new(0, 1, 0), row);
        Add(row, pixel.Y - scale * at.Y, normal, by);

        void Along(double slope, Point3 sideways, Point3 shift, Span<double> into)
        {
            into[0] = scale * (sideways.X - slope * turned.Y);
            into[1] = scale * (sideways.Y + slope * turned.X);
            into[2] = scale * sideways.Z;
            into[3] = scale * shift.X;
            into[4] = scale * shift.Y;
            into[5] = -scale * slope;
        }
    }

    private static void Add(ReadOnlySpan<double> row, double missing, Span<double> normal, Span<double> by)
    {
        for (var i = 0; i < Unknowns; i++)
        {
            by[i] += row[i] * missing;
            for (var j = 0; j < Unknowns; j++) normal[i * Unknowns + j] += row[i] * row[j];
        }
    }

    /// <summary>Elimination with the largest pivot; the answer replaces the right-hand side.</summary>
    private static void SolveInPlace(Span<double> a, Span<double> b)
    {
        for (var k = 0; k < Unknowns; k++)
        {
            var pivot = k;
            for (var i = k + 1; i < Unknowns; i++)
                if (Math.Abs(a[i * Unknowns + k]) > Math.Abs(a[pivot * Unknowns + k]))
                    pivot = i;
            if (!(Math.Abs(a[pivot * Unknowns + k]) > 0))
                throw new ArgumentException("The points do not fix a pose.");
            for (var j = 0; j < Unknowns; j++)
                (a[k * Unknowns + j], a[pivot * Unknowns + j]) = (a[pivot * Unknowns + j], a[k * Unknowns + j]);
            (b[k], b[pivot]) = (b[pivot], b[k]);
            for (var i = k + 1; i < Unknowns; i++)
            {
                var share = a[i * Unknowns + k] / a[k * Unknowns + k];
                for (var j = k; j < Unknowns; j++) a[i * Unknowns + j] -= share * a[k * Unknowns + j];
                b[i] -= share * b[k];
            }
        }

        for (var k = Unknowns - 1; k >= 0; k--)
        {
            for (var j = k + 1; j < Unknowns; j++) b[k] -= a[k * Unknowns + j] * b[j];
            b[k] /= a[k * Unknowns + k];
        }
    }
}
