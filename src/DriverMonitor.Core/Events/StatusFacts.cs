using System.Collections.Immutable;
using static DriverMonitor.Core.Events.Blindness;

namespace DriverMonitor.Core.Events;

/// <summary>What is known about the monitor's own senses.</summary>
public enum StatusKind
{
    FaceLost,
    EyesNotVisible,
    EyeSignalTooSmall,
    PoseUncertain,
    CameraViewPoor,
    CameraLost,
    CameraCovered,
    FrozenPicture,
    Dark,
    Glare,
    OutOfFocus,
    AmbiguousDriver,
    DriverChanged,
    HeartLost,
    StrapOff,
    FrozenHeartRate,
    IrregularRhythm,
    LowFrameRate,
    StreamInterrupted,
    TimeJump,
    Recovered,
    ModalitiesChanged,
    BuzzerLost,
    CameraAsleep,
    SpeedDoubtful,
    WrongMount,
    FaceTooSmall,
    FaceAside,
    PictureMirrored,
    SeatBeltOff,
    MicrophoneLost,
    MicrophoneMuted,
    MicrophoneClipped,
    MicrophoneHum,
    MicrophoneNoisy,

    /// <summary>Much carbon dioxide in the cab: a window should be opened.</summary>
    StaleAir,

    /// <summary>An optional device does not answer any more; the detail says which and why.</summary>
    DeviceLost,

    /// <summary>It answers again.</summary>
    DeviceFound,
}

/// <summary>The table of all statuses. Names are written out, so that renaming a member breaks no reader.</summary>
public static class StatusFacts
{
    // Dark does not blind: an infrared lamp may light a face in it. Where it does not, the judgement says what it misses.
    public static readonly ImmutableArray<StatusFact> All =
    [
        new(StatusKind.FaceLost, "face_lost", StatusPart.Camera),
        new(StatusKind.EyesNotVisible, "eyes_not_visible", StatusPart.Camera),
        new(StatusKind.EyeSignalTooSmall, "eye_signal_too_small", StatusPart.Camera),
        new(StatusKind.PoseUncertain, "pose_uncertain", StatusPart.Camera),
        new(StatusKind.CameraViewPoor, "camera_view_poor", StatusPart.Camera, Lasts: false, CameraWord: "poor"),
        new(StatusKind.CameraLost, "camera_lost", StatusPart.Camera, Blinds: NoPictures, CameraWord: "lost"),
        new(StatusKind.CameraCovered, "camera_covered", StatusPart.Camera, Blinds: NothingToSee, CameraWord: "covered"),
        new(StatusKind.FrozenPicture, "frozen_picture", StatusPart.Camera, Blinds: NothingToSee, CameraWord: "frozen"),
        new(StatusKind.Dark, "dark", StatusPart.Camera, CameraWord: "poor"),
        new(StatusKind.Glare, "glare", StatusPart.Camera, CameraWord: "poor"),
        new(StatusKind.OutOfFocus, "out_of_focus", StatusPart.Camera, CameraWord: "poor"),
        new(StatusKind.AmbiguousDriver, "ambiguous_driver", StatusPart.Camera),
        new(StatusKind.DriverChanged, "driver_changed", StatusPart.None, Lasts: false),
        new(StatusKind.HeartLost, "heart_lost", StatusPart.Heart, HeartWord: "lost"),
        new(StatusKind.StrapOff, "strap_off", StatusPart.Heart, HeartWord: "off"),
        new(StatusKind.FrozenHeartRate, "frozen_heart_rate", StatusPart.Heart, HeartWord: "frozen"),
        new(StatusKind.IrregularRhythm, "irregular_rhythm", StatusPart.Heart),
        new(StatusKind.LowFrameRate, "low_frame_rate", StatusPart.Camera, CameraWord: "poor"),
        new(StatusKind.StreamInterrupted, "stream_interrupted", StatusPart.Camera, Lasts: false, CameraWord: "lost"),
        new(StatusKind.TimeJump, "time_jump", StatusPart.None, Lasts: false),
        new(StatusKind.Recovered, "recovered", StatusPart.None, Lasts: false),
        new(StatusKind.ModalitiesChanged, "modalities_changed", StatusPart.None, Lasts: false),
        new(StatusKind.BuzzerLost, "buzzer_lost", StatusPart.Buzzer),
        new(StatusKind.CameraAsleep, "camera_asleep", StatusPart.Camera, CameraWord: "asleep"),
        new(StatusKind.SpeedDoubtful, "speed_doubtful", StatusPart.Speed),
        new(StatusKind.WrongMount, "wrong_mount", StatusPart.Camera, CameraWord: "poor"),
        new(StatusKind.FaceTooSmall, "face_too_small", StatusPart.Camera, CameraWord: "poor"),
        new(StatusKind.FaceAside, "face_aside", StatusPart.Camera, CameraWord: "poor"),
        new(StatusKind.PictureMirrored, "picture_mirrored", StatusPart.Camera, CameraWord: "poor"),
        new(StatusKind.SeatBeltOff, "seat_belt_off", StatusPart.None),
        new(StatusKind.MicrophoneLost, "microphone_lost", StatusPart.Microphone),
        new(StatusKind.MicrophoneMuted, "microphone_muted", StatusPart.Microphone),
        new(StatusKind.MicrophoneClipped, "microphone_clipped", StatusPart.Microphone),
        new(StatusKind.MicrophoneHum, "microphone_hum", StatusPart.Microphone),
        new(StatusKind.MicrophoneNoisy, "microphone_noisy", StatusPart.Microphone),
        new(StatusKind.StaleAir, "stale_air", StatusPart.None),
        new(StatusKind.DeviceLost, "device_lost", StatusPart.None, Lasts: false),
        new(StatusKind.DeviceFound, "device_found", StatusPart.None, Lasts: false),
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
