using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Gpio;

/// <summary>How loud, by level and time of day. The safety path (level 3 and more) knows no volume but the full one.</summary>
internal sealed class Loudness(GpioSettings settings)
{
    /// <summary>A board without a battery boots in the past: a clock nobody vouches for makes nothing quieter.</summary>
    public bool IsQuiet(WallClock? wall) =>
        wall is { Trusted: true } clock && settings is { QuietFrom: { } from, QuietUntil: { } until }
        && TimeOnly.FromTimeSpan(clock.Local.TimeOfDay).IsBetween(from, until);

    /// <summary>0.25 to 1.</summary>
    public double Of(AlertLevel level, bool quiet) =>
        level >= AlertLevel.Alarm ? 1 : quiet ? Math.Min(settings.Volume, settings.QuietVolume) : settings.Volume;
}
