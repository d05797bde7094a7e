namespace DriverMonitor.Cli;

/// <summary>What a replay was asked to judge, and where to.</summary>
/// <param name="Input">A recording, a video, a folder of pictures or one picture; null for a heart alone.</param>
/// <param name="Heart">File of a heart series.</param>
/// <param name="Speed">In km/h, or a file of speeds; null counts as fast.</param>
/// <param name="Voice">Sound of the same drive.</param>
/// <param name="Config">Settings file; null for the defaults, or for those of a recording.</param>
internal sealed record ReplayRequest(
    string? Input, string? Heart, string? Speed, string? Voice, string? Config, ReplayPaths Outputs);
