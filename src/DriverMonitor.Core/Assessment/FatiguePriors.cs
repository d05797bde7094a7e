using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Assessment;

/// <summary>What is known before looking: time of day, sleep, and hours at the wheel.</summary>
public static class FatiguePriors
{
    // Unknown sleep: as if up since seven, half believed.
    private const double UsualWaking = 7, HalfBelieved = 0.5;

    /// <summary>Predicted sleepiness; missing while nobody vouches for the clock.</summary>
    /// <param name="hoursAwake">As the driver or the shift plan says; null if unknown.</param>
    public static Cue TimeOfDay(WallClock? wall, double? hoursAwake)
    {
        if (wall is not { Trusted: true } clock) return Cue.Missing(MissingReason.ClockUntrusted);
        double hour = clock.Local.TimeOfDay.TotalHours;
        if (hoursAwake is { } awake && double.IsFinite(awake) && awake >= 0) return Cue.Of(ThreeProcessModel.At(awake, hour).Kss);
        double since = (hour - UsualWaking + 24) % 24;
        return Cue.Of(ThreeProcessModel.At(since, hour).Kss, HalfBelieved) with { Reason = MissingReason.SleepUnknown };
    }

    /// <summary>Hours of driving since the last break that counts.</summary>
    public static Cue TimeOnTask(TimeSpan sinceBreak) => Cue.Of(Math.Max(0, sinceBreak.TotalHours));
}
