namespace DriverMonitor.Core.Events;

/// <summary>The part of the device that a status speaks of.</summary>
public enum StatusPart
{
    /// <summary>It is told, and is a fault of no part.</summary>
    None,

    /// <summary>The camera, and what its pictures show.</summary>
    Camera,
    Heart,
    Buzzer,
    Speed,
    Microphone,
}
