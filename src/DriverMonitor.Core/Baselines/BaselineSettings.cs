using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Baselines;

/// <summary>
/// How well a person must be known, and how the person's own normal is learned. Judgement unless said otherwise.
/// </summary>
public sealed record BaselineSettings
{
    /// <summary>Factor on confidence before there is a minute of valid data.</summary>
    [Range(0.0, 1.0)] public double ColdCalibration { get; init; } = 0.6;

    /// <summary>With enough data of this drive.</summary>
    [Range(0.0, 1.0)] public double WarmCalibration { get; init; } = 0.85;

    /// <summary>With a stored profile of several drives.</summary>
    [Range(0.0, 1.0)] public double PersonalCalibration { get; init; } = 1.0;

    /// <summary>Valid time with the face that makes a drive warm (as openpilot's pose calibration).</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:30:00")] public TimeSpan FaceWarmAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Valid time with the heart that makes a drive warm.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")] public TimeSpan HeartWarmAfter { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The heart's first minutes are not learned: climbing in still shows.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:30:00")] public TimeSpan SkipFirstOfHeart { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Minutes of this drive that weigh as much as the stored profile.</summary>
    [Range(1.0, 120.0)] public double ProfileWeightMinutes { get; init; } = 10;

    /// <summary>Drives that make a profile.</summary>
    [Range(1, 20)] public int TripsForProfile { get; init; } = 3;

    /// <summary>Valid minutes, over all drives, that make a profile.</summary>
    [Range(10.0, 600.0)] public double MinutesForProfile { get; init; } = 60;

    /// <summary>Largest z-score believed.</summary>
    [Range(2.0, 10.0)] public double LargestZ { get; init; } = 4;

    /// <summary>A fatigue score from here on is never learned as normal.</summary>
    [Range(0.0, 1.0)] public double LearnBelowFatigue { get; init; } = 0.30;

    /// <summary>A stress score from here on is never learned as normal.</summary>
    [Range(0.0, 1.0)] public double LearnBelowStress { get; init; } = 0.40;

    /// <summary>What was seen with less quality is never learned as normal.</summary>
    [Range(0.0, 1.0)] public double LearnFromQuality { get; init; } = 0.70;

    /// <summary>
    /// Smallest spread used as one z, beats a minute; as in the next, an unusually steady person is not thereby ill.
    /// </summary>
    [Range(0.1, 20.0)] public double HeartRateFloor { get; init; } = 2.5;

    /// <summary>Smallest spread of ln RMSSD (RMSSD in ms).</summary>
    [Range(0.01, 2.0)] public double LnRmssdFloor { get; init; } = 0.15;

    /// <summary>Smallest spread of the square root of the stress index.</summary>
    [Range(0.1, 10.0)] public double SqrtStressIndexFloor { get; init; } = 1.0;

    /// <summary>Smallest spread of the logarithm of a blink's duration.</summary>
    [Range(0.01, 1.0)] public double LnBlinkDurationFloor { get; init; } = 0.10;

    /// <summary>Smallest spread of the blink rate, blinks a minute.</summary>
    [Range(0.1, 20.0)] public double BlinkRateFloor { get; init; } = 2.0;

    /// <summary>Smallest spread of the gaze's own spread, degrees.</summary>
    [Range(0.05, 10.0)] public double GazeSpreadDegreesFloor { get; init; } = 0.5;

    /// <summary>Smallest spread of skin conductance, microsiemens.</summary>
    [Range(0.05, 10.0)] public double SkinConductanceFloor { get; init; } = 0.5;

    /// <summary>Smallest spread of the skin's responses, responses a minute.</summary>
    [Range(0.1, 20.0)] public double SkinResponsesFloor { get; init; } = 2.0;
}
