namespace DriverMonitor.Core.Signals;

/// <summary>How the microphone is; the worst that holds.</summary>
public enum MicrophoneState
{
    /// <summary>It gives sound that can be judged.</summary>
    Present,

    /// <summary>It gives digital silence: switched off, or its capture volume is at zero.</summary>
    Muted,

    /// <summary>It gives nothing: unplugged, taken by another program, or its command ended.</summary>
    Unplugged,

    /// <summary>It is driven beyond its range; what it gives is distorted.</summary>
    Clipped,

    /// <summary>Most of what it gives is the hum of a supply.</summary>
    Hum,

    /// <summary>The cabin is too loud for a voice to stand out.</summary>
    TooNoisy,
}
