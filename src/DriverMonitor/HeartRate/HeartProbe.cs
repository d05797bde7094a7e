using DriverMonitor.Host;

namespace DriverMonitor.HeartRate;

/// <summary>Tries the heart source for <c>check</c>.</summary>
internal static class HeartProbe
{
    public static CheckLine Check(HeartRateSettings settings)
    {
        if (settings.File is not { } file) return new("heart", Ok: true, "none configured (HeartRate:File is empty); fatigue rests on the eyes");
        try
        {
            RecordedHeart.Open(file);
            return new("heart", Ok: true, $"{file} is understood");
        }
        catch (HeartFileException e)
        {
            return new("heart", Ok: false, e.Message);
        }
    }
}
