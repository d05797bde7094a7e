using System.Collections.Frozen;

namespace DriverMonitor.Core.Evaluation;

/// <summary>
/// The words that label files and folders use, and what they mean. Case, blanks, hyphens and slashes do not count.
/// </summary>
public static class LabelNames
{
    private static readonly (LabelClass Class, string Name, string Synonyms)[] All =
    [
        (
            LabelClass.Closure, "closure",
            "closures closed close closed_eyes eyes_closed eye_closed closedeyes shut blink blinks blinking long_blink microsleep sleep "
            + "sleeping sleepy_eyes unresponsive eyes_state_close"),
        (LabelClass.Yawn, "yawn", "yawns yawning yawning_yawning_with_hand yawning_yawning_without_hand"),
        (LabelClass.Nod, "nod", "nods nodding head_nod"),
        (
            LabelClass.LookAway, "look_away",
            "looking_away look_aside looking_aside look_left look_right turn turns head_turn head_down down_and_away distracted glance "
            + "turn_subject_right_image_right turn_image_left gaze_on_road_not_looking_road"),
        (
            LabelClass.Phone, "phone",
            "texting phone_call driver_actions_texting_right driver_actions_texting_left driver_actions_phonecall_right "
            + "driver_actions_phonecall_left"),
        (LabelClass.Drowsy, "drowsy", "drowsiness sleepy tired fatigued fatigue"),
        (LabelClass.Awake, "awake", "alert attentive non_drowsy not_drowsy nondrowsy nonsleepy non_sleepy active"),
        (LabelClass.Angry, "angry", "anger"),
        (LabelClass.Neutral, "neutral", ""),
        (LabelClass.Stressed, "stressed", "stress"),
        (LabelClass.Calm, "calm", "relaxed rest baseline"),
        (LabelClass.Ignored, "ignore", "ignored unclear low_vigilant low_vigilance head_up head_turn_small"),
    ];

    private static readonly FrozenDictionary<string, LabelClass> Known = All
        .SelectMany(one => Split(one.Synonyms).Append(one.Name).Select(name => (name, one.Class)))
        .ToFrozenDictionary(pair => pair.name, pair => pair.Class);

    /// <summary>Words for a stretch in which nothing happens.</summary>
    private static readonly FrozenSet<string> Idle = Split(
        "none no nothing other normal frontal stillness open opened open_eyes eyes_open no_yawn talking laughing safe_drive "
        + "eyes_state_open eyes_state_opening eyes_state_closing eyes_state_undefined gaze_on_road_looking_road "
        + "driver_actions_safe_drive").ToFrozenSet();

    // One picture at a time: what it shows, and whether that is the class looked for or its opposite.
    private static readonly FrozenDictionary<string, (LabelClass Class, bool IsPositive)> Pictures = new[]
    {
        (LabelClass.Closure, true, "closed close closed_eyes eyes_closed closedeyes closedface closure shut"),
        (LabelClass.Closure, false, "open opened open_eyes eyes_open openeyes openface"),
        (LabelClass.Yawn, true, "yawn yawning"),
        (LabelClass.Yawn, false, "no_yawn noyawn not_yawning normal talking"),
        (LabelClass.LookAway, true, "look_away looking_away distracted"),
        (LabelClass.LookAway, false, "frontal safe_drive looking_road"),
        (LabelClass.Angry, true, "angry anger"),
        (LabelClass.Angry, false, "neutral"),
    }.SelectMany(one => Split(one.Item3).Select(name => (name, (one.Item1, one.Item2))))
        .ToFrozenDictionary(pair => pair.name, pair => pair.Item2);

    public static string Of(LabelClass label) => All[(int)label].Name;

    /// <summary>Null for a word that means nothing here.</summary>
    public static LabelClass? Parse(string word) => Known.TryGetValue(Plain(word), out var label) ? label : null;

    /// <summary>The word says that nothing happens.</summary>
    public static bool IsIdle(string word) => Idle.Contains(Plain(word));

    /// <summary>What a folder of pictures shows; null for a word that means nothing here.</summary>
    public static (LabelClass Class, bool IsPositive)? ParsePicture(string word) =>
        Pictures.TryGetValue(Plain(word), out var shown) ? shown : null;

    /// <summary>A state lasts and is scored every second; an event begins and ends.</summary>
    public static bool IsEvent(LabelClass label) => label <= LabelClass.Phone;

    /// <summary>Neighbouring events of this class may be found as one.</summary>
    public static bool MayJoin(LabelClass label) => label is LabelClass.LookAway or LabelClass.Phone;

    private static string Plain(string word) =>
        word.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_').Replace('/', '_');

    private static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
