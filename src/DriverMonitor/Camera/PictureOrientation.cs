namespace DriverMonitor.Camera;

/// <summary>
/// How the camera is mounted. Nothing is turned in memory: the sampler reads the source where the upright picture's pixel
/// lies. Coordinates are continuous, pixel i covers i to i+1.
/// </summary>
/// <param name="RotateDegrees">0, 90, 180 or 270: how far the picture must be turned clockwise to stand upright.</param>
/// <param name="Mirror">The camera delivers a mirror image; flipped back after the turn.</param>
internal readonly record struct PictureOrientation(int RotateDegrees, bool Mirror)
{
    public bool SwapsSides => RotateDegrees is 90 or 270;

    /// <summary>The same, turned by half a turn.</summary>
    public PictureOrientation UpsideDown => this with { RotateDegrees = (RotateDegrees + 180) % 360 };

    public (int Width, int Height) UprightSize(Frame frame) =>
        SwapsSides ? (frame.Height, frame.Width) : (frame.Width, frame.Height);

    /// <summary>The map from upright coordinates to source coordinates, for a source of this size.</summary>
    public Affine ToSource(int sourceWidth, int sourceHeight)
    {
        var uprightWidth = SwapsSides ? sourceHeight : sourceWidth;
        var mirror = Mirror ? new Affine(-1, 0, uprightWidth, 0, 1, 0) : Affine.Identity;
        var turn = RotateDegrees switch
        {
            90 => new Affine(0, 1, 0, -1, 0, sourceHeight),
            180 => new Affine(-1, 0, sourceWidth, 0, -1, sourceHeight),
            270 => new Affine(0, -1, sourceWidth, 1, 0, 0),
            _ => Affine.Identity,
        };
        return turn.After(mirror);
    }
}

/// <summary>x' = A x + B y + C, y' = D x + E y + F.</summary>
internal readonly record struct Affine(double A, double B, double C, double D, double E, double F)
{
    public static readonly Affine Identity = new(1, 0, 0, 0, 1, 0);

    /// <summary>How long a step to the right becomes.</summary>
    public double Scale => double.Hypot(A, D);

    public (double X, double Y) Map(double x, double y) => (A * x + B * y + C, D * x + E * y + F);

    /// <summary>First <paramref name="first"/>, then this.</summary>
    public Affine After(in Affine first) => new(
        A * first.A + B * first.D, A * first.B + B * first.E, A * first.C + B * first.F + C,
        D * first.A + E * first.D, D * first.B + E * first.E, D * first.C + E * first.F + F);
}
