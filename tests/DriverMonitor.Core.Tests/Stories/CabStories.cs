using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>Drives with sensors in the cab: they explain and contradict, and their absence changes nothing.</summary>
public sealed class CabStories
{
    public static TheoryData<string, CabReading, string, string> Drives => new()
    {
        { "dark at night", new(AmbientLux: 1), "5s open; 12s dark; 3s open", "13.0 dark night, 17.0 recovered dark" },
        { "dark at night in the rain", new(AmbientLux: 1), "5s open; 12s dark wipers; 3s open", "13.0 dark wipers and night, 17.0 recovered dark" },
        { "dark by day: the lens", new(AmbientLux: 5000), "5s open; 12s dark; 3s open", "13.0 dark, 17.0 recovered dark" },
        { "stale air", new(Co2Ppm: 1600), "90s open", "60.0 stale_air" },
        { "air that is used, and not stale", new(Co2Ppm: 1400), "90s open", "" },
        // A gateway that says "0" while the cab shakes as on a road is not believed, and the alarm comes.
        { "a standstill that shakes like a road", new(VibrationG: 0.15), "40s open speed 0", "20.0 speed_doubtful" },
        { "a standstill with the engine on", new(VibrationG: 0.03), "40s open speed 0", "" },
        // Nobody knows the speed: at rest for a minute is parked, and whoever sleeps there is not woken.
        { "asleep where nothing moves", new(VibrationG: 0.002), "70s open; 10s shut", "" },
        { "asleep with the engine on", new(VibrationG: 0.03), "70s open; 2.5s shut; 5s open", "71.5 raised eyes_closed 2" },
        { "a sensor that says the same for ever proves no rest", new(VibrationG: 0), "70s open; 2.5s shut; 5s open", "71.5 raised eyes_closed 2" },
        { "at rest by the sensor, driving by the gateway", new(VibrationG: 0.002), "70s open speed 60; 2.5s shut; 5s open", "71.5 raised eyes_closed 2" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, CabReading cab, string drive, string timeline) =>
        Assert.Equal((name, timeline), (name, First(Timeline.Of(With(cab, drive)), timeline.Count(letter => letter == ',') + 1)));

    /// <summary>The first events; what follows an alert is told by other stories.</summary>
    private static string First(string timeline, int count) => string.Join(", ", timeline.Split(", ").Take(count));

    [Fact]
    public void A_cab_without_sensors_is_judged_as_before() =>
        Assert.Equal(Timeline.Of("20s open; 3s shut; 5s open"), Timeline.Of(With(default, "20s open; 3s shut; 5s open")));

    private static IEnumerable<Observation> With(CabReading cab, string drive) =>
        Drive.Of(drive).Select((seen, i) => i % 20 == 0 ? seen with { Cab = cab } : seen);
}
