using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>What a vehicle says when it stops, and what its silence means then.</summary>
public class ParkingStories
{
    private static readonly VehicleReading Off = new(null, IgnitionOn: false);

    //  name                                                  what the vehicle says, and when in seconds        drive                             timeline
    public static TheoryData<string, (double At, VehicleReading Says)[], string, string> Drives =>
        new()
        {
            {
                "asleep in the seat, ignition off, gateway asleep",
                [(0, Off)],
                "10s open; 60s shut; 3s open",
                "70.0 unresponsive 60.0"
            },
            {
                "switched off after a drive",
                [(0, new(80, null, true)), (9, new(0, null, false))],
                "10s open; 5s open; 20s shut; 3s open",
                "35.0 unresponsive 20.0"
            },
            {
                "ignition on, speed 0, then silence: may drive",
                [(0, new(0, null, true))],
                "12s open; 3.5s shut; 3s open",
                "13.5 raised eyes_closed 2, 15.0 escalated eyes_closed 3, 15.5 sleep 3.5, 17.5 cleared eyes_closed 3"
            },
            {
                "says off at 80 km/h: not believed",
                [(0, new(80, null, false))],
                "8s open; 2s shut; 3s open",
                "9.5 raised eyes_closed 2, 10.0 microsleep 2.0, 12.0 cleared eyes_closed 2"
            },
            {
                "says off at -20 km/h: not believed",
                [(0, new(-20, null, false))],
                "8s open; 2s shut; 3s open",
                "9.5 raised eyes_closed 2, 10.0 microsleep 2.0, 12.0 cleared eyes_closed 2"
            },
            {
                "off, then on again without a speed",
                [(0, Off), (10, new(null, IgnitionOn: true))],
                "20s open; 2s shut; 3s open",
                "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2"
            },
            {
                "off, and then it rolls",
                [(0, Off), (10, new(30, null, false))],
                "12s open; 2s shut; 3s open",
                "13.5 raised eyes_closed 2, 14.0 microsleep 2.0, 16.0 cleared eyes_closed 2"
            },
        };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_vehicle_that_is_off_stands(
        string name,
        (double At, VehicleReading Says)[] vehicle,
        string drive,
        string timeline
    ) => Assert.Equal((name, timeline), (name, Timeline.Of(Saying(vehicle, Drive.Of(drive)))));

    //  name, what a receiver says (km/h, once a second), and whether it counts as parked at the end
    public static TheoryData<string, double[], bool> Receivers =>
        new()
        {
            {
                "jitter between houses, 0.6 +- 0.5",
                [0.65, 1.23, 0.13, 1.10, 0.47, 0.47, 1.55, 0.68, 0.58, 0.96, 1.16, 0.58, 0.89, 0.11, 0.42],
                true
            },
            { "one leap of the position", [0.2, 0.4, 0.1, 0.6, 0.3, 0.5, 0.4, 4.2, 0.5, 0.3], true },
            { "crawling at 3 km/h", [2.9, 3.2, 2.4, 3.6, 2.8, 3.1, 2.5, 3.3, 3.0, 2.7, 3.4, 2.2], false },
            { "stood for ten seconds, then crawls", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2.6, 3.1, 2.9, 3.3, 3.0], false },
            { "crawls, and dips below 1 once", [3.1, 2.8, 0.8, 2.7, 3.2, 3.0, 2.9, 3.1, 2.8, 3.0, 3.3], false },
            { "creeps at 2 km/h", [2.0, 1.6, 2.3, 0.9, 2.2, 1.8, 2.4, 1.9, 2.1, 2.2, 1.7], false },
            { "creeps at 1.2 km/h", [1.2, 1.1, 1.3, 1.2, 1.1, 1.2, 1.3, 1.2, 1.1, 1.2, 1.2], false },
            { "braked to a stop", [50, 38, 25, 12, 3, 0, 0, 0, 0, 0, 0], true },
        };

    [Theory]
    [MemberData(nameof(Receivers))]
    public void Jitter_is_standing_and_crawling_is_driving(string name, double[] kmh, bool isParked)
    {
        var motion = new VehicleMotionTracker();
        for (var step = 0; step < 15 * kmh.Length; step++)
            motion.Step(TimeSpan.FromSeconds(step / 15.0), step % 15 == 0 ? new VehicleReading(kmh[step / 15]) : null);
        Assert.Equal((name, isParked), (name, motion.IsParked));
    }

    [Theory]
    [InlineData(4.9, true)]
    [InlineData(5, false)]
    [InlineData(15, false)]
    public void What_jitter_cannot_make_ends_the_standing_with_the_first_reading(double kmh, bool isParked)
    {
        var motion = new VehicleMotionTracker();
        for (var second = 0; second <= 10; second++) motion.Step(TimeSpan.FromSeconds(second), new VehicleReading(0));
        Assert.True(motion.IsParked);

        motion.Step(TimeSpan.FromSeconds(10.066), new VehicleReading(kmh));
        Assert.Equal(isParked, motion.IsParked);
    }

    [Fact]
    public void The_last_word_of_a_vehicle_that_went_off_holds_a_night_and_no_longer()
    {
        var motion = new VehicleMotionTracker();
        motion.Step(TimeSpan.Zero, Off);
        motion.Step(TimeSpan.FromHours(11.9), null);
        Assert.True(motion.IsParked);
        motion.Step(TimeSpan.FromHours(12.1), null);
        Assert.Equal((false, null), (motion.IsParked, motion.SpeedKmh));
    }

    [Fact]
    public void Twenty_minutes_asleep_in_a_vehicle_that_is_off_are_a_break()
    {
        var pipeline = new MonitorPipeline(new());
        foreach (
            var seen in Saying(
                [(0, new(50, null, true)), (9, new(50, null, true)), (14, Off)],
                Drive.Of("20s open; 1200s shut; 1s open", framesPerSecond: 10)))
            Assert.DoesNotContain(pipeline.Step(seen).Events, happened => happened is MonitorEvent.Alert);
        Assert.Equal(1, pipeline.Breaks);
    }

    //  name                                          the camera, a part a time                                 timeline
    public static TheoryData<string, string, string> Naps => new()
    {
        { "closed on purpose is no loss, told once",    "10s open; 600s asleep; 10s open",                         "10.0 camera_asleep, 610.0 recovered camera_asleep" },
        { "closed with shut eyes, no closure goes on",  "10s open; 0.7s shut; 60s asleep; 10s open",               "10.7 long_blink (aborted) 0.7, 10.7 camera_asleep, 70.7 recovered camera_asleep" },
        { "opened, and no picture comes",               "10s open; 60s asleep; 5s noframe; 5s open",               "10.0 camera_asleep, 70.0 recovered camera_asleep, 71.0 camera_lost, 75.0 recovered camera_lost" },
        { "lost, then closed, then found",              "10s open; 5s noframe; 60s asleep; 5s open",               "11.0 camera_lost, 15.0 camera_asleep, 75.0 recovered camera_asleep, 75.0 recovered camera_lost" },
    };

    [Theory]
    [MemberData(nameof(Naps))]
    public void A_camera_that_sleeps_is_said_to_sleep(string name, string drive, string timeline) =>
        Assert.Equal((name, timeline), (name, Timeline.Of(Drive.Of(drive))));

    private static IEnumerable<Observation> Saying((double At, VehicleReading Says)[] vehicle, IEnumerable<Observation> drive)
    {
        var next = 0;
        foreach (var seen in drive)
            yield return next < vehicle.Length && seen.At >= TimeSpan.FromSeconds(vehicle[next].At)
                ? seen with
                {
                    Vehicle = vehicle[next++].Says,
                }
                : seen;
    }
}
