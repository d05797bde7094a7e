namespace DriverMonitor.Core.Voice;

/// <summary>What counts of a microphone's readings.</summary>
public sealed record VoiceSettings
{
    /// <summary>
    /// Whether they are judged: a replay of the same recording with and without it shows what the voice adds. Whether a
    /// microphone listens at all is <c>Voice:Enabled</c> and the driver's consent.
    /// </summary>
    public bool Enabled { get; init; } = true;
}
