using System.Collections.Immutable;
using static DriverMonitor.Core.Events.Blindness;

namespace DriverMonitor.Core.Events;

/// <summary>The table of all statuses. Names are written out, so that renaming a member breaks no reader.</summary>
public static class StatusFacts
{
    // Dark does not blind: an infrared lamp may light a face in it. Where it does not, the judgement says what it misses.
    public static readonly ImmutableArray<StatusFact> All =
    [
        new(StatusKind.FaceLost, "face_lost"),
        new(StatusKind.EyesNotVisible, "eyes_not_visible"),
        new(StatusKind.EyeSignalTooSmall, "eye_signal_too_small"),
        new(StatusKind.PoseUncertain, "pose_uncertain"),
        new(StatusKind.CameraViewPoor, "camera_view_poor", Lasts: false, CameraWord: "poor"),
        new(StatusKind.CameraLost, "camera_lost", Blinds: NoPictures, CameraWord: "lost"),
        new(StatusKind.CameraCovered, "camera_covered", Blinds: NothingToSee, CameraWord: "covered"),
        new(StatusKind.FrozenPicture, "frozen_picture", Blinds: NothingToSee, CameraWord: "frozen"),
        new(StatusKind.Dark, "dark", CameraWord: "poor"),
        new(StatusKind.Glare, "glare", CameraWord: "poor"),
        new(StatusKind.OutOfFocus, "out_of_focus", CameraWord: "poor"),
        new(StatusKind.AmbiguousDriver, "ambiguous_driver"),
        new(StatusKind.DriverChanged, "driver_changed", Lasts: false),
        new(StatusKind.HeartLost, "heart_lost", HeartWord: "lost"),
        new(StatusKind.StrapOff, "strap_off", HeartWord: "off"),
        new(StatusKind.FrozenHeartRate, "frozen_heart_rate", HeartWord: "frozen"),
        new(StatusKind.IrregularRhythm, "irregular_rhythm"),
        new(StatusKind.LowFrameRate, "low_frame_rate", CameraWord: "poor"),
        new(StatusKind.StreamInterrupted, "stream_interrupted", Lasts: false, CameraWord: "lost"),
        new(StatusKind.TimeJump, "time_jump", Lasts: false),
        new(StatusKind.Recovered, "recovered", Lasts: false),
        new(StatusKind.ModalitiesChanged, "modalities_changed", Lasts: false),
        new(StatusKind.BuzzerLost, "buzzer_lost"),
        new(StatusKind.CameraAsleep, "camera_asleep", CameraWord: "asleep"),
        new(StatusKind.SpeedDoubtful, "speed_doubtful"),
        new(StatusKind.WrongMount, "wrong_mount", CameraWord: "poor"),
    ];

    public static StatusFact Of(StatusKind kind)
    {
        foreach (var fact in All)
            if (fact.Kind == kind) return fact;
        throw new ArgumentOutOfRangeException(nameof(kind), $"No fact is written down for {kind}.");
    }

    /// <summary>The status of this name, such as the detail of a recovery; null for a name that nobody uses.</summary>
    public static StatusFact? Named(string? name) => All.FirstOrDefault(fact => fact.Name == name);
}
