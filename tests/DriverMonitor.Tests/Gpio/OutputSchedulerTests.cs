using System.Globalization;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Gpio;

namespace DriverMonitor.Tests.Gpio;

public sealed class OutputSchedulerTests
{
    private static readonly StandingAlert Asleep = new(AlertLevel.Alarm, AlertRule.EyesClosed);
    private static readonly StandingAlert LookingAway = new(AlertLevel.Warning, AlertRule.LongLookAway);

    // Ticks of "nobody watches" come in fours, half a second apart; only the first of each four is listed.
    [Theory]
    [InlineData("lost for good",                     "0 lost",                     "0, 30, 330, 630")]
    [InlineData("back after a minute, then lost",    "0 lost, 60 back, 100 lost",  "0, 30, 100, 130, 430")]
    [InlineData("never lost",                        "0 back",                     "")]
    public void Nobody_watching_is_said_at_once_and_then_rarely(string story, string life, string starts)
    {
        var changes = life.Split(", ")
            .Select(change => change.Split(' '))
            .Select(c => (At: int.Parse(c[0], CultureInfo.InvariantCulture), Lost: c[1] == "lost"))
            .ToArray();
        var player = new OutputScheduler(new(), alert => alert.Sound);
        var (heard, last) = (new List<int>(), -10);
        for (var ms = 0; ms < 700_000; ms += 50)
        {
            var lost = changes.Last(change => change.At * 1000 <= ms).Lost;
            if (!player.Step(TimeSpan.FromMilliseconds(ms), new(StandingAlert.None, lost)).Sound.On) continue;
            if (ms / 1000 - last > 2) heard.Add(ms / 1000);
            last = ms / 1000;
        }

        Assert.Equal($"{story}: {starts}", $"{story}: {string.Join(", ", heard)}");
    }

    [Fact]
    public void An_alert_is_heard_before_everything_else()
    {
        var player = new OutputScheduler(new(), alert => alert.Sound);

        var state = player.Step(TimeSpan.Zero, new(Asleep, Lost: true, Chirp: SoundPatterns.Chirp));

        Assert.Equal((true, SoundPatterns.SleepAlarm.ToneHz), (state.Sound.On, state.Sound.ToneHz));
    }

    [Fact]
    public void A_chirp_is_heard_and_seen_once()
    {
        var player = new OutputScheduler(new(), alert => alert.Sound);

        var (now, later) = (
            player.Step(TimeSpan.Zero, new(StandingAlert.None, Chirp: SoundPatterns.Chirp)),
            player.Step(TimeSpan.FromMilliseconds(60), new(StandingAlert.None)));

        Assert.True(now is { Sound.On: true, Lamp: true });
        Assert.True(later is { Sound.On: false, Lamp: false });
    }

    [Theory]
    [InlineData(AlertLevel.Warning, AlertLevel.Warning, true)]
    [InlineData(AlertLevel.Alarm, AlertLevel.Warning, false)]
    [InlineData(AlertLevel.Alarm, AlertLevel.Alarm, true)]
    [InlineData(AlertLevel.Alarm, AlertLevel.Emergency, true)]
    [InlineData(AlertLevel.Emergency, AlertLevel.Alarm, false)]
    public void The_relay_follows_the_level(AlertLevel from, AlertLevel stands, bool on)
    {
        var player = new OutputScheduler(new() { RelayFrom = from }, alert => alert.Sound);

        Assert.Equal(on, player.Step(TimeSpan.Zero, new(new(stands, AlertRule.EyesClosed))).Relay);
        Assert.False(player.Step(TimeSpan.FromSeconds(9), new(StandingAlert.None)).Relay);
    }

    //           time of day  trusted  warning  alarm
    [Theory]
    [InlineData("12:00",      true,    0.8,     1)]
    [InlineData("23:00",      true,    0.3,     1)]
    [InlineData("05:59",      true,    0.3,     1)]
    [InlineData("06:00",      true,    0.8,     1)]
    [InlineData("23:00",      false,   0.8,     1)]
    public void Warnings_are_softer_at_night_and_alarms_never(string timeOfDay, bool trusted, double warning, double alarm)
    {
        var settings = new GpioSettings { Volume = 0.8, QuietVolume = 0.3, QuietFrom = new(22, 0), QuietUntil = new(6, 0) };
        var wall = new WallClock(new(2026, 1, 5, 0, 0, 0, TimeSpan.FromHours(1)), trusted);
        wall = wall with { Local = wall.Local + TimeSpan.Parse(timeOfDay, CultureInfo.InvariantCulture) };
        var quiet = new Loudness(settings).IsQuiet(wall);

        Assert.Equal(
            warning,
            new OutputScheduler(settings, alert => alert.Sound).Step(TimeSpan.Zero, new(LookingAway, Quiet: quiet)).Volume);
        Assert.Equal(
            alarm, new OutputScheduler(settings, alert => alert.Sound).Step(TimeSpan.Zero, new(Asleep, Quiet: quiet)).Volume);
    }

    [Theory]
    [InlineData(1.0, 0.5)]
    [InlineData(0.5, 1 / 6.0)]
    [InlineData(0.25, 0.0804)]
    public void Half_the_loudness_is_a_sixth_of_the_period(double volume, double duty) =>
        Assert.Equal(duty, PwmBuzzerDriver.DutyFor(volume), 0.001);

    /// <summary>
    /// With closed eyes and one tone only: what is heard in the first three seconds, in cells of 50 ms, differs between any two
    /// sounds in at least a sixth of the cells in which either sounds.
    /// </summary>
    [Fact]
    public void No_two_sounds_are_alike_by_their_rhythm()
    {
        var sounds = AlertTable
            .Rows.Select(row => row.Sound)
            .Concat(SoundPatterns.Notices)
            .Where(sound => sound.Beeps.Length > 0)
            .Distinct()
            .ToList();
        foreach (var one in sounds)
        {
            foreach (var other in sounds)
            {
                if (one == other) continue;
                var (a, b) = (Cells(one), Cells(other));
                var (either, differ) = (
                    a.Zip(b).Count(cell => cell.First || cell.Second), a.Zip(b).Count(cell => cell.First != cell.Second));
                Assert.True(differ * 6 >= either, $"{one.Name} and {other.Name}: {differ} of {either} cells differ");
            }
        }

        static bool[] Cells(SoundPattern sound) =>
            [
                .. Enumerable
                    .Range(0, 60)
                    .Select(cell => PatternWave.At(sound, TimeSpan.Zero, TimeSpan.FromMilliseconds(50 * cell)).On),
            ];
    }
}
