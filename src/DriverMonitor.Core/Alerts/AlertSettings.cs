using System.ComponentModel.DataAnnotations;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Alerts;

/// <summary>When each alert begins, and how calm the driver must be before it ends.</summary>
public sealed record AlertSettings : IValidatableObject
{
    /// <summary>Eyes shut this long, moving: heard once. Half of what Euro NCAP calls sleep; engineering judgement.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:02")]
    public TimeSpan EyesClosedWarning { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Asleep (Euro NCAP).</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:00:04")]
    public TimeSpan EyesClosedAlarm { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Does not answer (Euro NCAP).</summary>
    [Range(typeof(TimeSpan), "00:00:04", "00:00:10")]
    public TimeSpan EyesClosedEmergency { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// A single glance this long above 50 km/h, or at unknown speed (Euro NCAP long distraction; EU 2023/2590 has 3.5 s).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:00:04")]
    public TimeSpan LookAwayFast { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A single glance this long between 20 and 50 km/h (EU 2023/2590).</summary>
    [Range(typeof(TimeSpan), "00:00:03", "00:00:08")]
    public TimeSpan LookAwaySlow { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Still looking away this long after the warning: heard until it is over. Engineering judgement.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:00:03")]
    public TimeSpan LookAwayAlarmAfter { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>No return within this long after the warning: the driver does not answer (Euro NCAP).</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:00:06")]
    public TimeSpan LookAwayEmergencyAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Below this nobody is told where to look (EU 2023/2590, Euro NCAP).</summary>
    [Range(0.0, 40.0)] public double LookAwayFromKmh { get; init; } = 20;

    /// <summary>From here on the shorter limit holds.</summary>
    [Range(30.0, 80.0)] public double LookAwayFastFromKmh { get; init; } = 50;

    /// <summary>Time off the road in half a minute, over many glances (Euro NCAP).</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:00:20")]
    public TimeSpan ManyLookAways { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A phone seen in the driver's hand this long (Euro NCAP counts phone use as distraction; the time is engineering
    /// judgement).
    /// Less sure pictures warn as soon as two of them agree with each other and with the hand, the head or the eyes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:10")]
    public TimeSpan Phone { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Confidence from which a phone is one.</summary>
    [Range(0.3, 1.0)] public double PhoneFrom { get; init; } = 0.7;

    /// <summary>Calm that ends an alert. Shorter makes the buzzer chatter; engineering judgement.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:00:30")]
    public TimeSpan CalmBeforeClearing { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>An alert whose cause can no longer be seen stands this long.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:02:00")]
    public TimeSpan LostBeforeClearing { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Between two sounds that advise a break; in between the advice is only shown. Engineering judgement, like the next three.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:30:00")]
    public TimeSpan FatigueSoundGap { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Sounds within any hour that advise a break; beyond, the advice is only shown.</summary>
    [Range(1, 20)] public int FatigueSoundsPerHour { get; init; } = 6;

    /// <summary>
    /// Advice that the driver acknowledged is heard again after this time, or once the score rose by <see cref="RearmRise"/>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:05:00", "01:00:00")]
    public TimeSpan RearmAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Rise of the fatigue score, 0 to 1, that lets acknowledged advice be heard again.</summary>
    [Range(0.0, 0.5)] public double RearmRise { get; init; } = 0.10;

    /// <summary>Between two hints about stress, anger or daydreams.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "02:00:00")]
    public TimeSpan HintGap { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Hints about stress, anger or daydreams in one shift.</summary>
    [Range(0, 10)] public int HintsPerShift { get; init; } = 3;

    /// <summary>No hint so soon after the vehicle braked hard: then there is enough to do.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")]
    public TimeSpan HintAfterBraking { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Nor while the vehicle is steered through a manoeuvre, and so soon after it.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")]
    public TimeSpan HintAfterSteering { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A hint that the driver acknowledges is the last one for this long.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "12:00:00")]
    public TimeSpan HintSnooze { get; init; } = TimeSpan.FromHours(1);

    public AlertLevel ForEyesClosed(TimeSpan shut) =>
        shut >= EyesClosedEmergency ? AlertLevel.Emergency
        : shut >= EyesClosedAlarm ? AlertLevel.Alarm
        : shut >= EyesClosedWarning ? AlertLevel.Warning
        : AlertLevel.None;

    /// <param name="speedKmh">Null is judged as fast.</param>
    public AlertLevel ForLookAway(TimeSpan away, double? speedKmh)
    {
        if (LookAwayLimit(speedKmh) is not { } limit) return AlertLevel.None;
        return away >= limit + LookAwayEmergencyAfter ? AlertLevel.Emergency
            : away >= limit + LookAwayAlarmAfter ? AlertLevel.Alarm
            : away >= limit ? AlertLevel.Warning
            : AlertLevel.None;
    }

    /// <summary>The longest single glance at this speed, or null where none is too long.</summary>
    public TimeSpan? LookAwayLimit(double? speedKmh) =>
        speedKmh < LookAwayFromKmh ? null : speedKmh < LookAwayFastFromKmh ? LookAwaySlow : LookAwayFast;

    public AlertLevel ForPhone(TimeSpan seen, double? speedKmh) =>
        seen >= Phone && !(speedKmh < LookAwayFromKmh) ? AlertLevel.Warning : AlertLevel.None;

    public AlertLevel ForManyLookAways(TimeSpan awayInWindow, double? speedKmh) =>
        awayInWindow >= ManyLookAways && !(speedKmh < LookAwayFromKmh) ? AlertLevel.Warning : AlertLevel.None;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!(EyesClosedWarning < EyesClosedAlarm && EyesClosedAlarm < EyesClosedEmergency))
            yield return new("Eyes-closed limits must rise: warning < alarm < emergency.");
        if (!(LookAwayAlarmAfter < LookAwayEmergencyAfter))
            yield return new("Look-away limits must rise: LookAwayAlarmAfter < LookAwayEmergencyAfter.");
    }
}
