using System.Text.RegularExpressions;

namespace DriverMonitor.Tests.Support;

/// <summary>What measured cues are called where people read them: in the page and in the report.</summary>
internal static partial class CuePhraseCases
{
    /// <summary>Cue, value, unit, whether it raises; what is said of it in English and in German.</summary>
    public static readonly (string Cue, double? Value, string Unit, bool Raises, string English, string German)[] All =
    [
        ("yawns", 0, "1/10min", true, "no yawn in ten minutes", "kein Gähnen in zehn Minuten"),
        ("yawns", 1, "1/10min", true, "yawned once in ten minutes", "einmal gegähnt in zehn Minuten"),
        ("yawns", 3, "1/10min", true, "yawned 3 times in ten minutes", "3-mal gegähnt in zehn Minuten"),
        ("long_blinks", 0.04, "1/min", false, "no long blinks", "keine langen Lidschläge"),
        ("yawns", 0.5, "1/10min", true, "yawned once in ten minutes", "einmal gegähnt in zehn Minuten"),
        ("yawns", 1.5, "1/10min", true, "yawned 2 times in ten minutes", "2-mal gegähnt in zehn Minuten"),
        ("nods", 0.3, "1/5min", false, "no nod in five minutes", "kein Nicken in fünf Minuten"),
        ("long_blinks", 0.33, "1/min", true, "less than one long blink a minute", "weniger als ein langer Lidschlag in der Minute"),
        ("long_blinks", 1.5, "1/min", true, "1.5 long blinks a minute", "1,5 lange Lidschläge in der Minute"),
        ("nods", 1, "1/5min", true, "nodded once in five minutes", "einmal genickt in fünf Minuten"),
        ("heart_rate", 0.1, "z", true, "pulse as usual for you", "Puls wie bei Ihnen üblich"),
        ("heart_rate", -0.04, "z", false, "pulse as usual for you", "Puls wie bei Ihnen üblich"),
        ("heart_rate", 2.3, "z", true, "pulse higher than usual for you", "Puls höher als bei Ihnen üblich"),
        ("perclos60", -0.0004, "share", false, "eyes shut for 0 % of the last minute", "Augen 0 % der letzten Minute zu"),
        ("attention_buffer", 0, "of limit", true, "attention is full", "Aufmerksamkeit ist voll"),
        ("eyes_off_road", 0.4, "of limit", true, "eyes off the road, 40 % of the longest look allowed", "Augen nicht auf der Straße, 40 % des längsten erlaubten Blicks"),
        ("eyes_closed", 3.04, "s", true, "eyes shut for 3 s", "Augen 3 s lang zu"),
        ("eyes_closed", 9.96, "s", true, "eyes shut for 10 s", "Augen 10 s lang zu"),
        ("eyes_closed", 754, "s", true, "eyes shut for 13 min", "Augen 13 min lang zu"),
        ("phone", 2.04, "s", true, "phone in the hand for 2 s", "Telefon 2 s lang in der Hand"),
        ("phone", 0.83, "share", true, "a phone in the hand, 83 % sure", "ein Telefon in der Hand, 83 % sicher"),
        ("hand_at_ear", 1, "share", true, "hand at the ear", "Hand am Ohr"),
        ("speed", 87.04, "km/h", true, "at 87 km/h", "bei 87 km/h"),
        ("co2", 2100.4, "ppm", true, "stale air (2,100 ppm)", "verbrauchte Luft (2.100 ppm)"),
        ("time_on_task", 0.5, "h", true, "30 min at the wheel without a break", "30 min am Steuer ohne Pause"),
        ("time_on_task", 2.17, "h", true, "2 h 10 min at the wheel without a break", "2 h 10 min am Steuer ohne Pause"),
        ("time_of_day", 7.2, "KSS", true, "a time of day at which most are sleepy", "eine Tageszeit, zu der die meisten schläfrig sind"),
        ("brows", 0.3, "", true, "brows drawn together", "Brauen zusammengezogen"),
        ("recent_past", null, "", true, "signs in the minutes before", "Anzeichen in den Minuten davor"),
        ("face", 3, "z", true, "face", "Gesicht"),
        ("yawns", double.NaN, "1/10min", true, "yawns", "Gähnen"),
        ("<b>new</b>", -0.04, "s", true, "<b>new</b>: 0 s", "<b>new</b>: 0 s"),
    ];

    public static readonly string[] Units = ["", "z", "KSS", "1/min", "1/10min", "1/5min", "of limit", "share", "s", "h", "km/h", "ppm", "m/s²", "g"];

    /// <summary>Every cue that the page's table has a word for, and one that it has not.</summary>
    public static string[] Cues { get; } =
    [
        .. Cue().Matches(File.ReadAllText(SourceTree.Path("src", "DriverMonitor", "Web", "Page", "words.js")))
            .Select(match => match.Groups[1].Value).Distinct(),
        "something_new",
    ];

    /// <summary>What no sentence may hold: a value that is none, a unit of the machine, an empty place, a sign before nothing.</summary>
    [GeneratedRegex(@"NaN|Infinity|undefined|null|∞|\{\d\}|1/\d*(min|h)\b|of limit|KSS|\bz\b|_|(?<![\d,.])-0(?![,.]?\d)|\d[.,]0 (%|s|h|min)\b|^\s*$|\b0[.,]\d times")]
    public static partial Regex Odd();

    [GeneratedRegex(@"'cue\.([a-z_0-9]+)\.")]
    private static partial Regex Cue();
}
