using System.Globalization;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

public class DrowsinessStories
{
    //   name                          drive                                       what is measured at its end: value@quality, or what stands in the way
    public static TheoryData<string, string, double, string> Drives => new()
    {
        { "too early to say", "20s blinking", 15, "perclos60 WindowTooShort, perclos180 WindowTooShort, ln blink TooFewBlinks, long WindowTooShort, blinks WindowTooShort, yawns 0.00@1.0, nods 0.00@1.0" },
        { "awake for four minutes", "240s blinking", 15, "perclos60 0.05@1.0, perclos180 0.05@1.0, ln blink -1.60@0.8, long 0.00@1.0, blinks 15.00@0.8, yawns 0.00@1.0, nods 0.00@1.0" },
        { "the same at 10 pictures a second", "240s blinking", 10, "perclos60 0.05@1.0, perclos180 0.05@1.0, ln blink -1.60@0.4, long 0.00@0.8, blinks 15.00@0.5, yawns 0.00@1.0, nods 0.00@1.0" },
        { "the same at 5 pictures a second", "240s blinking", 5, "perclos60 0.05@0.5, perclos180 0.05@0.5, ln blink LowFrameRate, long LowFrameRate, blinks LowFrameRate, yawns 0.00@1.0, nods 0.00@1.0" },
        { "lids half of the time down", "100s open; 5s shut; 5s open; 5s shut; 5s open; 5s shut; 5s open; 5s shut; 5s open; 5s shut; 5s open; 5s shut; 5s open", 15, "perclos60 0.50@1.0, perclos180 0.19@1.0, ln blink TooFewBlinks, long 2.25@1.0, blinks 2.25@0.8, yawns 0.00@1.0, nods 0.00@1.0" },
        { "sunglasses for a while", "240s blinking; 20s sunglasses", 15, "perclos60 EyesNotVisible, perclos180 EyesNotVisible, ln blink EyesNotVisible, long EyesNotVisible, blinks EyesNotVisible, yawns 0.00@1.0, nods 0.00@1.0" },
        { "nobody there", "30s noface", 15, "perclos60 NoFace, perclos180 NoFace, ln blink NoFace, long NoFace, blinks NoFace, yawns NoFace, nods NoFace" },
        { "one eye hidden by the turned head", "240s blinking yaw 22", 15, "perclos60 0.05@1.0, perclos180 0.05@1.0, ln blink -1.62@0.8, long 0.00@1.0, blinks 15.00@0.8, yawns 0.00@1.0, nods 0.00@1.0" },
        { "lids that follow the gaze to the dashboard", "20s gaze 0 0; " + string.Join("; ", Enumerable.Repeat("1.5s gaze 0 -25 lids 0.1; 4s gaze 0 0 lids 1", 15)), 15, "perclos60 0.00@0.8, perclos180 WindowTooShort, ln blink TooFewBlinks, long WindowTooShort, blinks WindowTooShort, yawns 0.00@1.0, nods 0.00@1.0" },
        { "two yawns, one behind a hand", "10s open; 3s mouth 0.6; 20s open; 0.6s mouth 0>0.5; 3s hand lids 0.5; 3s lids 0.6; 30s open", 15, "perclos60 0.00@1.0, perclos180 WindowTooShort, ln blink TooFewBlinks, long WindowTooShort, blinks WindowTooShort, yawns 1.50@1.0, nods 0.00@1.0" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_measures(string name, string drive, double framesPerSecond, string measures) =>
        Assert.Equal((name, measures), (name, Measured(drive, framesPerSecond)));

    [Fact]
    public void A_rested_driver_scores_low_and_a_sleepy_one_high()
    {
        Assert.InRange(Fatigue("300s blinking"), 0, 0.15);
        Assert.InRange(Fatigue("120s blinking; 4s mouth 0.6; 60s lids 0.6; 0.8s shut; 10s lids 0.6; 0.9s shut; 15s lids 0.6; 4s mouth 0.6; 0.7s shut; 20s lids 0.5; 0.9s shut; 10s lids 0.4; 0.9s shut; 5s lids 0.15; 10s lids 0.6; 5s lids 0.15; 5s lids 0.6"), 0.5, 1);
    }

    private static double Fatigue(string drive)
    {
        var pipeline = new MonitorPipeline(new());
        foreach (var observation in Drive.Of(drive, 15)) pipeline.Step(observation);
        var settings = new BaselineSettings();
        var duration = new PersonalBaseline(
            settings, PopulationBaselines.LnBlinkDuration, settings.LnBlinkDurationFloor, settings.FaceWarmAfter);
        var rate = new PersonalBaseline(settings, PopulationBaselines.BlinkRate, settings.BlinkRateFloor, settings.FaceWarmAfter);
        var cues = pipeline.Drowsiness.Against(duration, rate);
        return 1 / (1 + Math.Exp(-new FatigueFormula(new()).Evaluate(in cues, new()).LogOdds));
    }

    internal static string Measured(string drive, double framesPerSecond)
    {
        var pipeline = new MonitorPipeline(new());
        foreach (var observation in Drive.Of(drive, framesPerSecond)) pipeline.Step(observation);
        return Text(pipeline.Drowsiness);
    }

    private static string Text(in Drowsiness d) =>
        string.Join(
            ", ",
            $"perclos60 {Text(d.Perclos60)}",
            $"perclos180 {Text(d.Perclos180)}",
            $"ln blink {Text(d.MeanLogBlinkDuration)}",
            $"long {Text(d.LongBlinksPerMinute)}",
            $"blinks {Text(d.BlinksPerMinute)}",
            $"yawns {Text(d.Yawns10)}",
            $"nods {Text(d.Nods5)}");

    private static string Text(in Cue measure) => measure.Value is { } value
        ? string.Create(CultureInfo.InvariantCulture, $"{value:0.00}@{measure.Quality:0.0}")
        : measure.Reason.ToString();
}
