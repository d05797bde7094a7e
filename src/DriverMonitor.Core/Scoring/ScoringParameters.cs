using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.HeartRate;

namespace DriverMonitor.Core.Scoring;

/// <summary>The sections of the settings that the scores rest on.</summary>
internal sealed record ScoringParameters(
    EyeSettings Eyes, RoadSettings Road, HeartSettings Heart, FatigueSettings Fatigue, StressSettings Stress, AngerSettings Anger,
    DistractionSettings Distraction, BaselineSettings Baseline, AttentionLimits Attention, bool JudgesStress, bool JudgesAnger);

/// <summary>Where looking away is too long: there the score of distraction is full.</summary>
/// <param name="SingleGlance">By speed in km/h; null where none is too long.</param>
/// <param name="ManyGlances">Within half a minute.</param>
/// <param name="Phone">With a phone in the hand.</param>
internal sealed record AttentionLimits(Func<double?, TimeSpan?> SingleGlance, TimeSpan ManyGlances, TimeSpan Phone);
