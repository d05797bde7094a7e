namespace DriverMonitor.Core.Voice;

/// <summary>What was measured on one frame, kept until its label is known.</summary>
internal readonly record struct SoundFrame(
    double Low, double High, double? PitchHz, bool IsVoiced, int Syllables, bool IsBreath, double? Jitter, double? Shimmer);
