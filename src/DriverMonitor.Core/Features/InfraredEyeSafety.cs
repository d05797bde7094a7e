namespace DriverMonitor.Core.Features;

/// <summary>
/// How strongly infrared lamps may shine into an eye that looks at them all day: the exempt group of IEC 62471:2006, whose limits
/// are those of ICNIRP (Health Physics 105, 2013).
/// </summary>
public static class InfraredEyeSafety
{
    /// <summary>
    /// W/m² at the cornea, 780 to 3000 nm, for longer than 1000 s; of the exempt group (4.3.7).
    /// </summary>
    public const double CorneaLimit = 100;

    /// <summary>
    /// Of the limit: data sheets' lamps differ by a factor of two. Half of it keeps the retina's limit, too (4.3.6: 6000/α
    /// W/(m²·sr) with α of 0.011 rad and more, which is 52 W/m² of the smallest source and more of every larger one).
    /// </summary>
    public const double Share = 0.5;

    /// <summary>W/m² that lamps give at an eye.</summary>
    /// <param name="milliwattsPerSteradian">Of all lamps together, always on, at the current that flows.</param>
    /// <param name="metres">From lamp to eye.</param>
    public static double Irradiance(double milliwattsPerSteradian, double metres) =>
        milliwattsPerSteradian / 1000 / (metres * metres);

    /// <summary>The share of the time that they may be on, 0 to 1.</summary>
    public static double MostDuty(double milliwattsPerSteradian, double metres) =>
        Math.Min(1, Share * CorneaLimit / Irradiance(milliwattsPerSteradian, metres));
}
