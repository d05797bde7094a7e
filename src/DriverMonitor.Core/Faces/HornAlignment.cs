namespace DriverMonitor.Core.Faces;

/// <summary>
/// Horn's closed form (1987): the best rotation between two point clouds is the top eigenvector of a 4x4 matrix.
/// </summary>
internal static class HornAlignment
{
    /// <param name="s">3x3 sums of from_row * to_column over all pairs of centred points.</param>
    public static Rotation BestRotation(ReadOnlySpan<double> s)
    {
        double xx = s[0], xy = s[1], xz = s[2], yx = s[3], yy = s[4], yz = s[5], zx = s[6], zy = s[7], zz = s[8];
        Span<double> n =
        [
            xx + yy + zz, yz - zy, zx - xz, xy - yx,
            yz - zy, xx - yy - zz, xy + yx, zx + xz,
            zx - xz, xy + yx, yy - xx - zz, yz + zy,
            xy - yx, zx + xz, yz + zy, zz - xx - yy,
        ];
        Span<double> vectors = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        Diagonalise(n, vectors);

        var top = 0;
        for (var i = 1; i < 4; i++) if (n[i * 5] > n[top * 5]) top = i;
        return Rotation.FromQuaternion(vectors[top], vectors[4 + top], vectors[8 + top], vectors[12 + top]);
    }

    /// <summary>Jacobi rotations on a symmetric 4x4 matrix; a handful of sweeps reaches the last bit.</summary>
    private static void Diagonalise(Span<double> a, Span<double> v)
    {
        for (var sweep = 0; sweep < 12; sweep++)
        {
            var off = 0.0;
            for (var p = 0; p < 3; p++)
                for (var q = p + 1; q < 4; q++)
                    off += a[p * 4 + q] * a[p * 4 + q];
            if (off < 1e-24 * (a[0] * a[0] + a[5] * a[5] + a[10] * a[10] + a[15] * a[15])) return;

            for (var p = 0; p < 3; p++)
                for (var q = p + 1; q < 4; q++)
                    Rotate(a, v, p, q);
        }
    }

    private static void Rotate(Span<double> a, Span<double> v, int p, int q)
    {
        var apq = a[p * 4 + q];
        if (apq == 0) return;

        var theta = (a[q * 5] - a[p * 5]) / (2 * apq);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;

        for (var k = 0; k < 4; k++) Turn(ref a[k * 4 + p], ref a[k * 4 + q], c, s);
        for (var k = 0; k < 4; k++) Turn(ref a[p * 4 + k], ref a[q * 4 + k], c, s);
        for (var k = 0; k < 4; k++) Turn(ref v[k * 4 + p], ref v[k * 4 + q], c, s);
    }

    private static void Turn(ref double x, ref double y, double c, double s) => (x, y) = (c * x - s * y, s * x + c * y);
}
