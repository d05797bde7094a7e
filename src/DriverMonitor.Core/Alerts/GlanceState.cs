namespace DriverMonitor.Core.Alerts;

/// <summary>The one thing that a display in the cab says, most urgent last.</summary>
public enum GlanceState
{
    /// <summary>The driver is watched and nothing is wrong.</summary>
    AllWell,

    /// <summary>The first second has not been judged yet.</summary>
    Starting,

    /// <summary>A hint: stress, anger, first signs of tiredness.</summary>
    Hint,

    /// <summary>Pictures come, and too little of the driver is seen in them.</summary>
    PoorView,

    /// <summary>Alerts are judged, and nobody would hear them.</summary>
    NoBuzzer,

    /// <summary>The driver is not watched at all.</summary>
    NobodyWatches,

    /// <summary>Tired: a break is advised.</summary>
    TakeBreak,

    /// <summary>The driver looks somewhere else, or has a phone in the hand.</summary>
    EyesOnRoad,

    /// <summary>The driver's eyes are shut.</summary>
    WakeUp,
}
