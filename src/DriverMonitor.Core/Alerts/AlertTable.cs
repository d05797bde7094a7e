using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using static DriverMonitor.Core.Events.AlertLevel;
using static DriverMonitor.Core.Events.AlertRule;

namespace DriverMonitor.Core.Alerts;

/// <summary>
/// What every alert sounds, shows and says, most urgent first. A level that a rule never reaches has no row. Stress,
/// anger and daydreams are hints: seen, never heard.
/// </summary>
public static class AlertTable
{
    public static readonly ImmutableArray<AlertRow> Rows =
    [
        new(EyesClosed, Emergency, 1, SoundPatterns.SleepEmergency, Lamp.RedBlinking, "eyes_closed.emergency", "Wake up! Stop now."),
        new(LongLookAway, Emergency, 2, SoundPatterns.LookEmergency, Lamp.RedBlinking, "long_look_away.emergency", "Look at the road now!"),
        new(EyesClosed, Alarm, 3, SoundPatterns.SleepAlarm, Lamp.RedBlinking, "eyes_closed.alarm", "Wake up!"),
        new(LongLookAway, Alarm, 4, SoundPatterns.LookAlarm, Lamp.Red, "long_look_away.alarm", "Eyes on the road!"),
        new(EyesClosed, Warning, 5, SoundPatterns.SleepWarning, Lamp.Red, "eyes_closed.warning", "Eyes closed. Take a break."),
        new(LongLookAway, Warning, 6, SoundPatterns.LookWarning, Lamp.AmberBlinking, "long_look_away.warning", "Look at the road."),
        new(Phone, Warning, 7, SoundPatterns.LookWarning, Lamp.AmberBlinking, "phone.warning", "Put the phone away."),
        new(Fatigue, Alarm, 8, SoundPatterns.BreakAlarm, Lamp.Red, "fatigue.alarm", "Very tired. Stop at the next safe place."),
        new(ManyLookAways, Warning, 9, SoundPatterns.LookWarning, Lamp.AmberBlinking, "many_look_aways.warning", "Many glances away. Look at the road."),
        new(Fatigue, Warning, 10, SoundPatterns.BreakWarning, Lamp.Amber, "fatigue.warning", "Tired. Take a break soon."),
        new(Fatigue, Notice, 11, SoundPatterns.Silence, Lamp.Amber, "fatigue.notice", "Signs of tiredness."),
        new(Anger, Notice, 12, SoundPatterns.Silence, Lamp.Amber, "anger.notice", "Take a breath. Keep your distance."),
        new(Stress, Notice, 13, SoundPatterns.Silence, Lamp.Amber, "stress.notice", "Strained. A short break helps."),
        new(Daydream, Notice, 14, SoundPatterns.Silence, Lamp.Amber, "daydream.notice", "Are you with the road?"),
    ];

    private static readonly AlertRow?[] Index = MakeIndex();

    /// <summary>The row of an alert; asking for one that its rule never reaches is a mistake in the asker.</summary>
    public static AlertRow Row(AlertRule rule, AlertLevel level) =>
        Index[(int)rule * Levels + (int)level] ?? throw new ArgumentOutOfRangeException(nameof(level), $"{rule} has no level {level}.");

    /// <summary>How far this rule may rise.</summary>
    public static AlertLevel Highest(AlertRule rule) => Rows.Where(r => r.Rule == rule).Max(r => r.Level);

    /// <summary>The rule on the wire and in files.</summary>
    public static string NameOf(AlertRule rule) => rule switch
    {
        EyesClosed => "eyes_closed",
        LongLookAway => "long_look_away",
        ManyLookAways => "many_look_aways",
        Phone => "phone",
        Fatigue => "fatigue",
        Stress => "stress",
        Anger => "anger",
        Daydream => "daydream",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    /// <summary>The driver's state that the rule speaks of: the last part of the topic.</summary>
    public static string StateOf(AlertRule rule) => rule switch
    {
        EyesClosed or Fatigue => "fatigue",
        LongLookAway or ManyLookAways or Phone or Daydream => "distraction",
        Stress => "stress",
        Anger => "anger",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    private static int Levels => (int)Emergency + 1;

    private static AlertRow?[] MakeIndex()
    {
        var index = new AlertRow?[Enum.GetValues<AlertRule>().Length * Levels];
        foreach (var row in Rows) index[(int)row.Rule * Levels + (int)row.Level] = row;
        return index;
    }
}
