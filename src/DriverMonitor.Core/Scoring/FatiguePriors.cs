using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>What is known before looking: time of day, sleep, and hours at the wheel.</summary>
public static class FatiguePriors
{
    // Unknown sleep: as if up since the usual time, half believed.
    private const double HalfBelieved = 0.5;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Predicted sleepiness; missing while nobody vouches for the clock.</summary>
    /// <param name="sleep">As the driver or the shift plan says; null if unknown.</param>
    public static Cue TimeOfDay(FatigueSettings settings, WallClock? wall, SleepReading? sleep)
    {
        if (wall is not { Trusted: true } clock) return Cue.Missing(MissingReason.ClockUntrusted);
        double hour = clock.Local.TimeOfDay.TotalHours;
        if (sleep is { } said && said.Awake >= TimeSpan.Zero && said.Awake <= Longest)
        {
            double onWaking = said.Slept is { } slept && slept >= TimeSpan.Zero
                ? Math.Min(settings.AlertnessOnWaking, ThreeProcessModel.OnWaking(slept.TotalHours)) : settings.AlertnessOnWaking;
            return Cue.Of(ThreeProcessModel.At(said.Awake.TotalHours, hour, onWaking).Kss);
        }

        double since = (hour - settings.UsualWakingHour + 24) % 24;
        return Cue.Of(ThreeProcessModel.At(since, hour, settings.AlertnessOnWaking).Kss, HalfBelieved) with
        {
            Reason = MissingReason.SleepUnknown,
        };
    }

    /// <summary>Hours of driving since the last break that counts.</summary>
    public static Cue TimeOnTask(TimeSpan sinceBreak) => Cue.Of(Math.Max(0, sinceBreak.TotalHours));
}
