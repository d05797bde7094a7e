namespace DriverMonitor.Core.Features;

/// <summary>
/// When the infrared lamps are lit: while the camera watches and it is dark around the driver. By a light sensor where there is
/// one, which does not see the lamps; by the picture otherwise.
/// </summary>
public sealed class InfraredLampPolicy
{
    // Dusk in a cab is 10 to 30 lux; between the limits what is lit stays lit.
    private const double DarkLux = 10, BrightLux = 30;

    // Share of white. A face that only the lamps light stays below 0.35 in a whole picture; daylight comes on top. Judgement.
    private const double DarkPicture = 0.12, BrightPicture = 0.45;

    /// <summary>An underpass is no night, and the driver's eyes are not seen meanwhile: dark is believed sooner.</summary>
    private static readonly TimeSpan DarkFor = TimeSpan.FromSeconds(2), BrightFor = TimeSpan.FromSeconds(10);

    /// <summary>Pictures that do not come any more need no light.</summary>
    private static readonly TimeSpan WatchedFor = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LightKnown = TimeSpan.FromSeconds(15);

    private TimeSpan? _pictureAt;
    private (TimeSpan At, double Lux)? _light;
    private TimeSpan? _darkSince;
    private TimeSpan? _brightSince;

    /// <summary>Whether the lamps are lit.</summary>
    public bool IsLit { get; private set; }

    /// <param name="hasPicture">A picture came; false for none, or for a camera that is closed.</param>
    /// <param name="lux">What a light sensor says; null for nothing new.</param>
    /// <param name="brightness">Of the picture, 0 to 1; null where it was not measured.</param>
    public bool Step(TimeSpan at, bool hasPicture, double? lux, double? brightness)
    {
        if (hasPicture) _pictureAt = at;
        if (lux is { } said) _light = (at, said);
        if (!(at - _pictureAt <= WatchedFor))
        {
            (_darkSince, _brightSince) = (null, null);
            return IsLit = false;
        }

        if (_light is { } light && at - light.At <= LightKnown) Follow(at, light.Lux < DarkLux, light.Lux > BrightLux);
        else if (brightness is { } share) Follow(at, share < DarkPicture, share > BrightPicture);
        if (at - _darkSince >= DarkFor) IsLit = true;
        if (at - _brightSince >= BrightFor) IsLit = false;
        return IsLit;
    }

    private void Follow(TimeSpan at, bool isDark, bool isBright)
    {
        _darkSince = isDark ? _darkSince ?? at : null;
        _brightSince = isBright ? _brightSince ?? at : null;
    }
}
