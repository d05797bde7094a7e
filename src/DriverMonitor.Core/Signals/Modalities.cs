namespace DriverMonitor.Core.Signals;

/// <summary>What may be judged of a driver: each is agreed to, and withdrawn, by itself.</summary>
[Flags]
public enum Modalities
{
    None = 0,

    /// <summary>Eyes, head and gaze: fatigue and distraction.</summary>
    Camera = 1,

    /// <summary>The pulse.</summary>
    Heart = 2,

    /// <summary>The state of stress, from whatever senses are allowed.</summary>
    Stress = 4,

    /// <summary>The state of anger, from whatever senses are allowed.</summary>
    Anger = 8,

    /// <summary>Sound: speech and how it is spoken, never what is said.</summary>
    Voice = 16,

    All = Camera | Heart | Stress | Anger | Voice,

    /// <summary>What is judged until somebody says otherwise; a microphone listens only once somebody has allowed it.</summary>
    WithoutVoice = All & ~Voice,
}
