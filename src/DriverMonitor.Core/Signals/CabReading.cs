namespace DriverMonitor.Core.Signals;

/// <summary>What sensors in the cab say beside the camera; a part that is null is unknown.</summary>
/// <param name="AmbientLux">How bright it is, in lux.</param>
/// <param name="Co2Ppm">Carbon dioxide of the air, parts per million.</param>
/// <param name="TemperatureCelsius">Of the air.</param>
/// <param name="VibrationG">How much the cab shakes, in g: the root mean square of the last second, without gravity.</param>
/// <param name="HorizontalG">How hard the vehicle was braked, accelerated or turned in the last second, in g.</param>
public readonly record struct CabReading(
    double? AmbientLux = null, double? Co2Ppm = null, double? TemperatureCelsius = null, double? VibrationG = null,
    double? HorizontalG = null)
{
    /// <summary>
    /// Darker than any lit street leaves a cab: a camera needs light of its own. Street lighting is 5 to 20 lux (EN 13201).
    /// </summary>
    public bool IsNight => AmbientLux < 5;
}
