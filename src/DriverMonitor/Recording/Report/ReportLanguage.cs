using System.Globalization;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Drivers;

namespace DriverMonitor.Recording.Report;

/// <summary>The languages that a report can be written in.</summary>
internal static class ReportLanguage
{
    public static readonly string[] Known = ["en", "de"];

    /// <summary>
    /// In which a report is written unless somebody says otherwise: as the system's variables say, else English.
    /// </summary>
    public static string Usual { get; } =
        new[] { "LC_ALL", "LC_MESSAGES", "LANG" }
            .Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(said => !string.IsNullOrEmpty(said))
            ?.StartsWith("de", StringComparison.OrdinalIgnoreCase) == true
            ? "de"
            : "en";

    /// <param name="language">One of <see cref="Known"/>.</param>
    public static ReportWords Words(string language) => language == "de" ? German() : English;

    private static readonly ReportWords English = ReportWords.English with { Name = name => PageWords.Of(name, "en") };

    private static ReportWords German() =>
        ReportWords.English with
        {
            Language = "de",
            Numbers = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." },
            Say = row => PageWords.Of($"say.{AlertTable.NameOf(row.Rule)}.{(int)row.Level}", "de"),
            Name = name => PageWords.Of(name, "de"),
            Cues = new Dictionary<string, string>
            {
                ["perclos60"] = "PERCLOS, letzte Minute",
                ["perclos180"] = "PERCLOS, drei Minuten",
                ["speed"] = "Tempo",
                ["blink_duration"] = "Länge der Lidschläge, gegen das Übliche",
                ["blink_rate"] = "Zahl der Lidschläge, gegen das Übliche",
                ["hrv"] = "Herzratenvariabilität, gegen das Übliche",
                ["heart_rate"] = "Puls, gegen das Übliche",
                ["stress_index"] = "Stressindex, gegen das Übliche",
                ["time_of_day"] = "Tageszeit und Schlaf",
                ["co2"] = "verbrauchte Luft",
                ["hard_braking"] = "starkes Bremsen kurz zuvor",
                ["hard_motion"] = "starkes Bremsen oder Lenken kurz zuvor",
                ["time_on_task"] = "Zeit ohne Pause",
                ["slow_speech"] = "langsame, flache Sprache, gegen das Übliche",
                ["voice"] = "erhobene Stimme, gegen das Übliche",
                ["recent_past"] = "was kurz davor geschah",
            },
            Report = "Fahrtbericht",
            MonthReport = "Monatsbericht",
            MonthWorst = "Am schlimmsten am {0}: {1}",
            MonthQuiet = "In diesem Monat war nichts zu sehen, wovor zu warnen wäre.",
            Drives = "Fahrten",
            Sleep = "Schlaf",
            Sleeps = "Sekundenschlaf und Schlaf",
            AnHour = "{0} je Stunde",
            Calendar = "Kalender",
            Began = "Beginn",
            What = "Was geschah",
            RestingPulse = "Ruhepuls",
            Weekdays = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
            Months =
            [
                "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
            ],
            Vehicle = "Fahrzeug",
            Drove = "{0}, {1} bis {2}",
            DateFormat = "d.M.yyyy",
            NoClock = "Die Uhrzeit ist nicht bekannt: Zeiten zählen vom Beginn an.",
            Unsure = "nach einer unsicheren Uhr",
            Lasted = "Dauer",
            FaceSeen = "Gesicht gesehen",
            OfPictures = "von {0} Bildern",
            NoPictures = "keine Bilder",
            Alerts = "Warnungen",
            AlertsHighest = "höchste: {0}",
            NoAlerts = "Es wurde nicht gewarnt.",
            Closures = "Lange Lidschlüsse",
            Blinks = "davon {0} Sekundenschlaf oder Schlaf; {1} Lidschläge",
            Scores = "Was beurteilt wurde",
            ScoresHelp =
                "0 bis 1; die Linie ist der Wert, das Band zeigt, wie weit Unbekanntes ihn verschieben könnte. Schraffiert: nicht zu beurteilen.",
            Levels = "Auf einen Blick",
            NotJudged = "Nicht beurteilt: {0}.",
            NotAllowed = "Nicht beurteilt: ausgeschaltet oder nicht eingewilligt.",
            Judged = "{0} der Zeit beurteilt",
            States = new Dictionary<string, string>
            {
                ["fatigue"] = "Müdigkeit",
                ["stress"] = "Stress",
                ["anger"] = "Ärger",
                ["distraction"] = "Ablenkung",
            },
            StateLevels = ["unklar", "keine", "Hinweis", "Warnung", "Alarm"],
            AlertLevels = ["keine", "Hinweis", "Warnung", "Alarm", "Notfall"],
            Eyes = "Augen",
            EyesHelp = "PERCLOS: Anteil der letzten Minute, in dem die Augen zu mindestens 80 % geschlossen waren.",
            Duration = "Dauer",
            Closure = "Lidschluss",
            RestsOn = "Der Wert beruht auf: {0}",
            Accepted = "Alle brauchbaren Schläge",
            Rejected = "{0} der Schläge waren nicht brauchbar",
            Thresholds = "Gepunktet: wo {0} beginnen.",
            Heart = "Herz",
            HeartHelp = "Schläge je Minute über 30 s; RMSSD in ms, wo genug saubere Schläge es erlauben.",
            Pulse = "Puls, 1/min",
            NoHeart = "Kein Gurt war zu hören.",
            At = "Zeit",
            Alert = "Warnung",
            Why = "Warum",
            Over = "Vorbei",
            HowOften = "Wie oft",
            First = "Zuerst",
            Last = "Zuletzt",
            ToldAlerts = "Einzeln: die {0} höchsten von {1}.",
            Longest = "Die {0} längsten von {1}.",
            Times = "{0}-mal, zuerst da",
            EyesOpen = "Augen offen, gegen das Übliche dieses Fahrers",
            HeadTurned = "Kopf gedreht, + nach rechts",
            HeadRaised = "Kopf gehoben oder gesunken",
            StillOn = "am Ende noch an",
            Limit = "Grenze {0}",
            Disputed = "Der Fahrer hat dieser Warnung widersprochen.",
            Score = "Wert {0}, Sicherheit {1}",
            Missing = "Nicht bekannt: {0}",
            Status = "Die eigenen Sinne",
            NoStatus = "Nichts stand ihnen im Weg.",
            Conformance = "Wie genau solche Warnungen kommen",
            ConformanceMore = "Auf dem Prüfstand kamen {0} Regeln dieser Warnungen höchstens {1} s nach ihrer Grenze. Alle:",
            VerdictSleep = "{0} lang geschlafen um {1}",
            VerdictMicrosleep = "Sekundenschlaf von {0} um {1}",
            VerdictLookAway = "{0} lang weggesehen um {1}",
            VerdictWarned = "gewarnt nach {0}",
            VerdictNotWarned = "dazu wurde nicht gewarnt",
            VerdictAlert = "Gewarnt um {0}: {1}",
            VerdictNothing = "Es war nichts zu sehen, wovor zu warnen wäre.",
            VerdictUnseen = "Keine Warnung, aber der Fahrer war nur auf {0} der Bilder zu sehen.",
            VerdictHeart = "Ohne Kamera: nur das Herz wurde beurteilt.",
            Judging = "Beurteilt mit",
            Program = "Programm",
            RecordedBy = "Aufgezeichnet von",
            Configuration = "Einstellungen",
            Models = "Modelle",
            Profile = "Profil",
            Partial = "Unvollständig",
            Replay = "Wiederholung",
            Limits = "Ehrliche Grenzen",
            LimitLines =
            [
                "Eine Hilfe, keine Garantie: Dies ist kein typgenehmigtes Warnsystem für Müdigkeit oder Ablenkung und ersetzt keine Pause.",
                "Die Werte folgen veröffentlichten Formeln und fachlichem Ermessen; sie sind an keine beurteilten Fahrten angepasst und keine Wahrscheinlichkeiten.",
                "Was nicht zu sehen war, ist unbekannt: weder \"geschlossen\" noch \"fahrtüchtig\". Undurchsichtige Sonnenbrillen können Lider verdecken, ohne dass es auffällt.",
                "Ein Ausdruck sagt wenig über ein Gefühl. Nichts hiervon ist ein medizinischer Befund und kein Grund, einen Menschen zu beurteilen.",
            ],
            Identical = "Es wurde dasselbe gesagt wie auf der Fahrt, aufs Byte.",
            Differs = "Weicht ab von dem, was auf der Fahrt gesagt wurde: zuerst in der Minute vor {0}, in {1} von {2} Minuten.",
            TooShort = "Zu kurz, um zu sagen, ob dasselbe gesagt wurde wie auf der Fahrt.",
            BeginsLater = "Der Anfang der Fahrt fehlt, also wurde der Fahrer neu kennengelernt.",
            NotRecorded = "{0} Beobachtungen fehlen, weil der Datenträger nicht folgen konnte.",
            Withheld =
                "{0} Beobachtungen, bevor der Fahrer etwas erlaubte, sind nicht aufgezeichnet: die Zeit am Steuer zählt von da an.",
            Damaged = "{0} beschädigte Bytes wurden übergangen.",
        };
}
