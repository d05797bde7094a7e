using System.Globalization;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Recording;

/// <summary>Every word of a report, in one place, so that another language is another one of these.</summary>
internal sealed record ReportWords
{
    public static readonly ReportWords English = new();

    public string Language { get; init; } = "en";

    /// <summary>How numbers are written.</summary>
    public NumberFormatInfo Numbers { get; init; } = NumberFormatInfo.InvariantInfo;

    /// <summary>What an alert says to the driver.</summary>
    public Func<AlertRow, string> Say { get; init; } = row => row.Words;

    /// <summary>Anything else that events name: closures, statuses, what was missing.</summary>
    public Func<string, string> Name { get; init; } = name => name.Replace('_', ' ');

    public string Report { get; init; } = "Drive report";
    public string MonthReport { get; init; } = "Month's report";
    public string MonthWorst { get; init; } = "Worst on {0}: {1}";
    public string MonthQuiet { get; init; } = "Nothing to warn of was seen in this month.";
    public string Drives { get; init; } = "Drives";
    public string Sleep { get; init; } = "sleep";
    public string Sleeps { get; init; } = "Microsleeps and sleep";
    public string AnHour { get; init; } = "{0} an hour";
    public string Calendar { get; init; } = "Calendar";
    public string Began { get; init; } = "Began";
    public string What { get; init; } = "What happened";
    public string RestingPulse { get; init; } = "Pulse at rest";
    public IReadOnlyList<string> Weekdays { get; init; } = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    public IReadOnlyList<string> Months { get; init; } =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];
    public string Vehicle { get; init; } = "Vehicle";
    public string Drove { get; init; } = "{0}, {1} to {2}";
    public string DateFormat { get; init; } = "d MMMM yyyy";
    public string NoClock { get; init; } = "The time of day is not known: times count from the beginning.";
    public string Unsure { get; init; } = "by an unsure clock";
    public string Lasted { get; init; } = "Lasted";
    public string FaceSeen { get; init; } = "Driver's face seen";
    public string OfPictures { get; init; } = "of {0} pictures";
    public string NoPictures { get; init; } = "no pictures";
    public string Alerts { get; init; } = "Alerts";
    public string AlertsHighest { get; init; } = "highest: {0}";
    public string NoAlerts { get; init; } = "No alert was raised.";
    public string Closures { get; init; } = "Long closures";
    public string Blinks { get; init; } = "{0} of them microsleep or sleep; {1} blinks";
    public string Scores { get; init; } = "What was judged";
    public string ScoresHelp { get; init; } =
        "0 to 1; the line is the score, the band is how far what was not known could move it. Hatched: could not be judged.";
    public string Levels { get; init; } = "At a glance";
    public string NotJudged { get; init; } = "Not judged: {0}.";
    public string NotAllowed { get; init; } = "Not judged: switched off, or not agreed to.";
    public string Judged { get; init; } = "judged {0} of the time";
    public IReadOnlyDictionary<string, string> States { get; init; } = new Dictionary<string, string>
    {
        ["fatigue"] = "Fatigue", ["stress"] = "Stress", ["anger"] = "Anger", ["distraction"] = "Distraction",
    };

    /// <summary>One vocabulary with the alerts: a state of a level raises an alert of that name.</summary>
    public IReadOnlyList<string> StateLevels { get; init; } = ["unknown", "none", "notice", "warning", "alarm"];
    public IReadOnlyList<string> AlertLevels { get; init; } = ["none", "notice", "warning", "alarm", "emergency"];
    public string Eyes { get; init; } = "Eyes";
    public string EyesHelp { get; init; } = "PERCLOS: share of the last minute in which the eyes were at least 80 % closed.";
    public string Duration { get; init; } = "Lasted";
    public string Closure { get; init; } = "Closure";
    public string RestsOn { get; init; } = "The score rests on: {0}";
    public string Accepted { get; init; } = "All accepted beats";
    public string Rejected { get; init; } = "{0} of the beats were not accepted";
    public string Thresholds { get; init; } = "Dotted: where {0} begin.";
    public string Heart { get; init; } = "Heart";
    public string HeartHelp { get; init; } = "Beats per minute over 30 s; RMSSD in ms where enough clean beats allow it.";
    public string Pulse { get; init; } = "Pulse, 1/min";
    public string Rmssd { get; init; } = "RMSSD, ms";
    public string Perclos { get; init; } = "PERCLOS, %";
    public string NoHeart { get; init; } = "No strap was heard.";
    public string At { get; init; } = "At";
    public string Alert { get; init; } = "Alert";
    public string Why { get; init; } = "Why";
    public string HowOften { get; init; } = "How often";
    public string First { get; init; } = "First";
    public string Last { get; init; } = "Last";
    public string ToldAlerts { get; init; } = "One by one: the {0} highest of {1}.";
    public string Longest { get; init; } = "The {0} longest of {1}.";
    public string Times { get; init; } = "{0} times, first then";
    public string EyesOpen { get; init; } = "Eyes open, against the driver's own";
    public string HeadTurned { get; init; } = "Head turned, + to the driver's right";
    public string HeadRaised { get; init; } = "Head raised or sunk";
    public string Over { get; init; } = "Over";
    public string StillOn { get; init; } = "still on at the end";
    public string Limit { get; init; } = "limit {0}";
    public string Disputed { get; init; } = "The driver said that this one was wrong.";
    public string Score { get; init; } = "score {0}, confidence {1}";
    public string Missing { get; init; } = "Not known: {0}";
    public string Status { get; init; } = "The monitor's own senses";
    public string NoStatus { get; init; } = "Nothing was in their way.";
    public string Conformance { get; init; } = "How exactly these alerts are timed";
    public string ConformanceMore { get; init; } = "on the bench {0} rules of these alerts came at most {1} s after their limit. All of them:";
    public string VerdictSleep { get; init; } = "Slept for {0} at {1}";
    public string VerdictMicrosleep { get; init; } = "Microsleep of {0} at {1}";
    public string VerdictLookAway { get; init; } = "Looked away for {0} at {1}";
    public string VerdictWarned { get; init; } = "warned after {0}";
    public string VerdictNotWarned { get; init; } = "no alert was raised for it";
    public string VerdictAlert { get; init; } = "Warned at {0}: {1}";
    public string VerdictNothing { get; init; } = "Nothing to warn of was seen.";
    public string VerdictUnseen { get; init; } = "No alert, but the driver was seen in only {0} of the pictures.";
    public string VerdictHeart { get; init; } = "There was no camera: only the heart was judged.";
    public string Judging { get; init; } = "Judged with";
    public string Program { get; init; } = "Program";
    public string RecordedBy { get; init; } = "Recorded by";
    public string Configuration { get; init; } = "Settings";
    public string Models { get; init; } = "Models";
    public string Profile { get; init; } = "Profile";
    public string Partial { get; init; } = "Partial";
    public string Replay { get; init; } = "Replay";
    public string Limits { get; init; } = "Honest limits";
    public IReadOnlyList<string> LimitLines { get; init; } =
    [
        "An aid, not a guarantee: this is not a type-approved drowsiness or distraction warning system, and it does not replace rest.",
        "Scores follow published formulas and engineering judgement; they are not fitted to labelled drives and are no probabilities.",
        "What could not be seen is unknown: neither \"closed\" nor \"fit to drive\". Opaque sunglasses can hide lids without being noticed.",
        "An expression is weak evidence of a feeling. Nothing here is a medical finding, and no ground to judge a person by.",
    ];

    /// <summary>Facts behind alerts, in words; a key that is not here is shown as it is.</summary>
    public IReadOnlyDictionary<string, string> Cues { get; init; } =
        new Dictionary<string, string>
        {
            ["eyes_closed"] = "eyes closed",
            ["perclos60"] = "PERCLOS, last minute",
            ["perclos180"] = "PERCLOS, 3 minutes",
            ["eyes_off_road"] = "eyes off the road",
            ["eyes_off_road_30s"] = "off the road in 30 s",
            ["phone"] = "phone in hand",
            ["hand_at_ear"] = "hand at the ear",
            ["speed"] = "speed",
            ["blink_duration"] = "length of blinks against the usual",
            ["long_blinks"] = "long blinks",
            ["blink_rate"] = "blinks against the usual",
            ["yawns"] = "yawns",
            ["nods"] = "nods",
            ["hrv"] = "heart variability against the usual",
            ["heart_rate"] = "pulse against the usual",
            ["stress_index"] = "stress index against the usual",
            ["time_of_day"] = "time of day and sleep",
            ["co2"] = "stale air",
            ["hard_braking"] = "hard braking just before",
            ["hard_motion"] = "hard braking or turning just before",
            ["time_on_task"] = "time without a break",
            ["slow_speech"] = "slow and flat speech against the usual",
            ["voice"] = "raised voice against the usual",
            ["recent_past"] = "what happened shortly before",
            ["brows"] = "brows",
            ["lids"] = "lids",
            ["lips"] = "lips",
            ["lower_face"] = "lower face",
            ["expression"] = "expression",
            ["skin_conductance"] = "skin conductance",
            ["attention_buffer"] = "attention left",
        };

    public string Cue(string key) => Cues.GetValueOrDefault(key) ?? Name(key);

    /// <summary>How a replay compares with the drive, sentence by sentence.</summary>
    public string Identical { get; init; } = "The same was said as during the drive, to the byte.";
    public string Differs { get; init; } =
        "Differs from what was said during the drive: first in the minute before {0}, in {1} of {2} minutes.";
    public string TooShort { get; init; } = "Too short to tell whether the same was said as during the drive.";
    public string BeginsLater { get; init; } = "The beginning of the drive is gone, so the driver was learned anew.";
    public string NotRecorded { get; init; } = "{0} observations were not recorded because the disk could not follow.";
    public string Withheld { get; init; } =
        "{0} observations from before the driver allowed anything are not recorded: time at the wheel counts from there.";
    public string Damaged { get; init; } = "{0} damaged bytes were passed over.";

    /// <summary>Puts values into the places of a sentence.</summary>
    public string Put(string sentence, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            sentence = sentence.Replace($"{{{i}}}", string.Format(Numbers, "{0:#,0.##}", values[i]), StringComparison.Ordinal);
        return sentence;
    }

    public string Month(DateOnly month) => $"{Months[month.Month - 1]} {month.Year}";

    public string Date(DateTimeOffset day) => day.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage.</summary>
    public string Percent(double share) => string.Create(Numbers, $"{100 * share:F0} %");
}
