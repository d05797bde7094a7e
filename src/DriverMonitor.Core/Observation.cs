using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core;

/// <summary>Everything that became known at one moment; a part that is null brought nothing new.</summary>
/// <param name="At">Time since the start, on a clock that never jumps.</param>
/// <param name="Face">One picture's worth of face, or the news that there was no picture.</param>
/// <param name="Heart">One packet from the strap.</param>
/// <param name="Vehicle">Speed and its kin.</param>
/// <param name="Wall">The time of day, for circadian priors and reports only; no window or timer reads it.</param>
/// <param name="Skin">One reading of a skin sensor.</param>
/// <param name="Sleep">What the driver says about the last sleep; stands until it is said anew.</param>
/// <param name="Acknowledged">The driver pressed the button: advice that stands is shown on and no longer heard.</param>
/// <param name="Disputed">The driver says that the last alert was wrong.</param>
/// <param name="DisputedAlert">The driver says that this one was wrong.</param>
/// <param name="Cab">What the sensors of the cab say.</param>
/// <param name="Allowed">What may be judged from now on; what is withdrawn is forgotten at once. Null changes nothing.</param>
/// <param name="Voice">About half a second of sound, in numbers; of sound that may have ended a moment ago.</param>
public readonly record struct Observation(
    TimeSpan At,
    FaceReading? Face = null,
    HeartPacket? Heart = null,
    VehicleReading? Vehicle = null,
    WallClock? Wall = null,
    bool Acknowledged = false,
    bool Disputed = false,
    Modalities? Allowed = null,
    SkinReading? Skin = null,
    SleepReading? Sleep = null,
    AlertName? DisputedAlert = null,
    VoiceReading? Voice = null,
    CabReading? Cab = null);
