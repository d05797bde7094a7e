using System.Collections.Immutable;

namespace DriverMonitor.Core.Alerts;

/// <summary>
/// What the buzzer can say. Two families that cannot be mistaken for one another: sleep is high and fast, looking away
/// is low and slow (Euro NCAP: warnings of sleep are distinct from and more urgent than those of distraction). Within a
/// family the pauses shorten as it becomes worse. Rhythm alone tells them apart too, for an active buzzer has one tone.
/// </summary>
public static class SoundPatterns
{
    private const int High = 2700;
    private const int Low = 1200;
    private const int Middle = 2000;

    public static readonly SoundPattern Silence = SoundPattern.Silence;

    /// <summary>Three quick high beeps, once.</summary>
    public static readonly SoundPattern SleepWarning = Beeps(
        "sleep-warning", High, repeats: false, (120, 80), (120, 80), (120, 80));

    /// <summary>Quick pairs of high beeps until the eyes open.</summary>
    public static readonly SoundPattern SleepAlarm = Beeps("sleep-alarm", High, repeats: true, (150, 60), (150, 240));

    /// <summary>A high trill without a pause.</summary>
    public static readonly SoundPattern SleepEmergency = Beeps("sleep-emergency", High, repeats: true, (250, 30), (80, 30));

    /// <summary>Two low beeps, once.</summary>
    public static readonly SoundPattern LookWarning = Beeps("look-warning", Low, repeats: false, (250, 150), (250, 150));

    /// <summary>A low beep each second until the eyes are back.</summary>
    public static readonly SoundPattern LookAlarm = Beeps("look-alarm", Low, repeats: true, (400, 500));

    /// <summary>Low beeps, half a second each, hardly a pause.</summary>
    public static readonly SoundPattern LookEmergency = Beeps("look-emergency", Low, repeats: true, (500, 150));

    /// <summary>One long mild tone, once: take a break.</summary>
    public static readonly SoundPattern BreakWarning = Beeps("break-warning", 1800, repeats: false, (700, 200));

    /// <summary>Long and short, twice: stop at the next place.</summary>
    public static readonly SoundPattern BreakAlarm = Beeps(
        "break-alarm", 1800, repeats: false, (600, 150), (150, 150), (600, 150), (150, 150));

    /// <summary>
    /// Four short ticks, far apart: nobody watches the driver. Like no alert, for nothing is known of the driver.
    /// </summary>
    public static readonly SoundPattern MonitoringLost = Beeps(
        "monitoring-lost", Middle, repeats: false, (50, 450), (50, 450), (50, 450), (50, 450));

    /// <summary>One short chirp: the buzzer works, a button press was noted.</summary>
    public static readonly SoundPattern Chirp = Beeps("chirp", Middle, repeats: false, (60, 60));

    /// <summary>Two: the last alert is disputed.</summary>
    public static readonly SoundPattern ChirpTwice = Beeps("chirp-twice", Middle, repeats: false, (60, 60), (60, 60));

    /// <summary>Three: the live picture for aiming may be seen.</summary>
    public static readonly SoundPattern ChirpThrice = Beeps("chirp-thrice", Middle, repeats: false, (60, 60), (60, 60), (60, 60));

    /// <summary>What the buzzer can say beside the alerts of the table.</summary>
    public static readonly ImmutableArray<SoundPattern> Notices = [MonitoringLost, Chirp, ChirpTwice, ChirpThrice];

    private static SoundPattern Beeps(string name, int toneHz, bool repeats, params ReadOnlySpan<(int On, int Off)> beeps)
    {
        var all = ImmutableArray.CreateBuilder<Beep>(beeps.Length);
        foreach (var (on, off) in beeps) all.Add(new(TimeSpan.FromMilliseconds(on), TimeSpan.FromMilliseconds(off)));
        return new(name, toneHz, all.MoveToImmutable(), repeats);
    }
}
