using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Assessment;

/// <summary>How well a person must be known, and how the person's own normal is learned. Judgement unless said otherwise.</summary>
public sealed record BaselineSettings
{
    /// <summary>Factor on confidence before there is a minute of valid data.</summary>
    [Range(0.0, 1.0)] public double ColdCalibration { get; init; } = 0.6;

    /// <summary>With enough data of this drive.</summary>
    [Range(0.0, 1.0)] public double WarmCalibration { get; init; } = 0.85;

    /// <summary>With a stored profile of several drives.</summary>
    [Range(0.0, 1.0)] public double PersonalCalibration { get; init; } = 1.0;

    /// <summary>Valid time that makes a drive warm: face (as openpilot's pose calibration) and heart.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:30:00")] public TimeSpan FaceWarmAfter { get; init; } = TimeSpan.FromSeconds(60);

    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")] public TimeSpan HeartWarmAfter { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The heart's first minutes are not learned: climbing in still shows.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:30:00")] public TimeSpan SkipFirstOfHeart { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Minutes of this drive that weigh as much as the stored profile.</summary>
    [Range(1.0, 120.0)] public double ProfileWeightMinutes { get; init; } = 10;

    /// <summary>Drives and valid minutes that make a profile.</summary>
    [Range(1, 20)] public int TripsForProfile { get; init; } = 3;

    [Range(10.0, 600.0)] public double MinutesForProfile { get; init; } = 60;

    /// <summary>Largest z-score believed.</summary>
    [Range(2.0, 10.0)] public double LargestZ { get; init; } = 4;

    /// <summary>Never learn as normal what looks like this much fatigue or stress, or what was badly seen.</summary>
    [Range(0.0, 1.0)] public double LearnBelowFatigue { get; init; } = 0.30;

    [Range(0.0, 1.0)] public double LearnBelowStress { get; init; } = 0.40;
    [Range(0.0, 1.0)] public double LearnFromQuality { get; init; } = 0.70;

    /// <summary>Smallest spreads used as one z, in each quantity's unit; an unusually steady person is not thereby ill.</summary>
    [Range(0.1, 20.0)] public double HeartRateFloor { get; init; } = 2.5;

    [Range(0.01, 2.0)] public double LnRmssdFloor { get; init; } = 0.15;
    [Range(0.1, 10.0)] public double SqrtStressIndexFloor { get; init; } = 1.0;
    [Range(0.01, 1.0)] public double LnBlinkDurationFloor { get; init; } = 0.10;
    [Range(0.1, 20.0)] public double BlinkRateFloor { get; init; } = 2.0;
    [Range(0.05, 10.0)] public double GazeSpreadDegreesFloor { get; init; } = 0.5;

    /// <summary>Microsiemens.</summary>
    [Range(0.05, 10.0)] public double SkinConductanceFloor { get; init; } = 0.5;

    /// <summary>Responses a minute.</summary>
    [Range(0.1, 20.0)] public double SkinResponsesFloor { get; init; } = 2.0;
}
