using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.HeartRate;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

public class StepTests
{
    [Fact]
    public void A_quiet_step_allocates_nothing()
    {
        var drive = Drive.Of("120s blinking smile 0 speed 80", 15).ToArray();
        var pipeline = new MonitorPipeline(new());
        foreach (var observation in drive) pipeline.Step(observation);

        // Code that the runtime has not optimised yet allocates, and a busy machine optimises late.
        var (quiet, allocated) = (drive[^1], long.MaxValue);
        Assert.True(SpinWait.SpinUntil(() => (allocated = Quiet()) == 0, TimeSpan.FromSeconds(60)), $"{allocated} bytes");

        // Of the five hundred pictures after the last blink; a step that tells of something allocates its line.
        long Quiet()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 500; i++)
            {
                quiet = quiet with { At = quiet.At + TimeSpan.FromMilliseconds(66) };
                pipeline.Step(quiet);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void A_second_with_every_sense_allocates_nothing()
    {
        var settings = new MonitorSettings { Anger = new() { Enabled = true } };
        var strap = new ScriptedStrap(Series.Waves(900));
        var drive = Drive
            .Of("600s open gaze 0 0 speed 80", 15)
            .Select(
                (seen, i) =>
                    seen with
                    {
                        Face = seen.Face!.Value with
                        {
                            Shape = AnyInputTests.Rest,
                            Expression = i % 5 == 0 ? new Expression { Neutral = 0.9f, Angry = 0.1f } : null,
                            Brightness = 0.4,
                        },
                        Heart = i % 15 == 14 ? strap.Packet(seen.At.TotalSeconds) : null,
                        Wall = new(DateTimeOffset.UnixEpoch + seen.At, true),
                    }
            )
            .ToArray();

        // Code that the runtime has not optimised yet costs ten times as much, so a whole drive goes before.
        for (var warm = 0; warm < 3; warm++) Drove(drive);
        var pipeline = Drove(drive.AsSpan(0, 6000));

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (ref readonly var seen in drive.AsSpan(6000)) pipeline.Step(in seen);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        MonitorPipeline Drove(ReadOnlySpan<Observation> part)
        {
            var driven = new MonitorPipeline(settings);
            foreach (ref readonly var seen in part) driven.Step(in seen);
            return driven;
        }
    }

    [Fact]
    public void Repeated_and_late_pictures_change_nothing()
    {
        const string script = "10s open; 1.7s shut; 3s open; 3.2s yaw 40; 5s open";
        var clean = Drive.Of(script).ToList();
        var disturbed = clean.SelectMany(
            (o, i) => i % 7 == 3 ? [o, o, o with { At = o.At - TimeSpan.FromSeconds(0.02) }] : (Observation[])[o]);
        Assert.Equal(Timeline.Of(clean), Timeline.Of(disturbed));
    }

    [Fact]
    public void Other_news_between_pictures_changes_nothing()
    {
        const string script = "10s open; 1.7s shut; 3s open; 3.2s yaw 40; 5s open; 3s noframe";
        var clean = Drive.Of(script).ToList();
        var mixed = clean.SelectMany(o =>
            (Observation[])
                [o, new(o.At + TimeSpan.FromSeconds(0.01), Heart: new HeartPacket("strap", 70, StrapContact.Detected, []))]);
        Assert.Equal(Timeline.Of(clean), Timeline.Of(mixed));
    }

    [Fact]
    public void The_same_drive_twice_is_the_same_twice()
    {
        const string script = "10s open; 1.7s shut; 3s open; 3.2s yaw 40; 5s open; 12s noface; 3s open";
        Assert.Equal(Timeline.Of(script), Timeline.Of(script));
    }

    [Fact]
    public void The_standing_alert_is_the_most_urgent_one()
    {
        var pipeline = new MonitorPipeline(new());
        var standing = Drive.Of("10s open; 5s yaw 40; 0.5s open; 2s shut; 1s open").Select(o => pipeline.Step(o).Alert.ToString()).ToList();
        Assert.Contains(standing, s => s.Contains("Alarm") && s.Contains("LongLookAway"));
        Assert.Equal(standing.Count, standing.Count(s => s.Length > 0));
    }
}
