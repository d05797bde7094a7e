using DriverMonitor.Core.Alerts;

namespace DriverMonitor.Gpio;

/// <summary>
/// A pattern over time. The place in it follows from the time alone: a late timer shortens a beep and shifts nothing.
/// </summary>
internal static class PatternWave
{
    public static Sounding At(SoundPattern pattern, TimeSpan startedAt, TimeSpan now)
    {
        var (into, length) = (now - startedAt, LengthOf(pattern));
        var edge = startedAt;
        if (pattern.Repeats && length > TimeSpan.Zero) edge += new TimeSpan(into.Ticks / length.Ticks * length.Ticks);

        foreach (var beep in pattern.Beeps)
        {
            edge += beep.On;
            if (now < edge) return new(true, pattern.ToneHz, edge);
            edge += beep.Off;
            if (now < edge) return new(false, 0, edge);
        }

        return new(false, 0, null);
    }

    public static bool IsAudible(SoundPattern pattern) => LengthOf(pattern) > TimeSpan.Zero;

    private static TimeSpan LengthOf(SoundPattern pattern)
    {
        var length = TimeSpan.Zero;
        foreach (var beep in pattern.Beeps) length += beep.On + beep.Off;
        return length;
    }
}
