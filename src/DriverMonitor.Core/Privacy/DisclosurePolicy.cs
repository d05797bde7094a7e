using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Privacy;

/// <summary>
/// Decides what may be told, and to whom: no exporter decides by itself. The default value lets out least.
/// </summary>
/// <param name="Level">How much may leave the vehicle.</param>
/// <param name="NamesEmotions">False where an emotion may be told to nobody but the driver.</param>
public readonly record struct DisclosurePolicy(WireLevel Level, bool NamesEmotions)
{
    /// <summary>The name and the kind under which a hint is told whose state must not be named.</summary>
    public const string DriverState = "driver-state";

    /// <summary>As the settings' defaults have it.</summary>
    public static DisclosurePolicy Usual { get; } = Of(WireLevel.P1, JudgementProfile.Standard);

    /// <summary>
    /// At work in the European Union no emotion is told to others, also where it is judged for a declared safety reason
    /// (Regulation (EU) 2024/1689, article 5(1)(f)).
    /// </summary>
    public static DisclosurePolicy Of(WireLevel level, JudgementProfile profile) =>
        new(level, profile == JudgementProfile.Standard);

    /// <summary>Everything that this audience may be told.</summary>
    public Disclosure To(Audience audience) =>
        audience switch
        {
            Audience.Driver => Disclosure.Everything,
            Audience.Stranger => Disclosure.Readiness,
            Audience.Fleet => Level == WireLevel.P0 ? Disclosure.None : Judged | Measured,
            Audience.Collector => Level == WireLevel.P0 ? Disclosure.None : Judged,
            // It is asked for and not sent; what it gets may be sent on.
            Audience.Scraper => Level == WireLevel.P0 ? Disclosure.Readiness | Disclosure.Device : Judged,
            Audience.Log => Level == WireLevel.P0
                ? Disclosure.Readiness | Disclosure.Device | Disclosure.States
                : Judged | ConsentToo,
            // Made by whoever has the drive, who knows what was measured; an emotion is held back like everywhere else.
            Audience.File => Disclosure.Readiness
                | Disclosure.Device
                | Disclosure.States
                | Disclosure.Measures
                | EmotionsToo
                | ConsentToo,
            _ => Disclosure.None,
        };

    public bool Allows(Audience audience, Disclosure what) => (To(audience) & what) == what;

    /// <summary>Whether this news may be told at all.</summary>
    public bool Allows(Audience audience, StatusKind news) => Allows(audience, ContentOf(news));

    /// <summary>Whether this audience may hear which state an alert speaks of.</summary>
    public bool Names(Audience audience, AlertRule rule) => Allows(audience, ContentOf(rule));

    /// <summary>The rule as this audience may know it.</summary>
    public string NameOf(Audience audience, AlertRule rule) => Names(audience, rule) ? AlertTable.NameOf(rule) : DriverState;

    /// <summary>The state that the rule speaks of, as this audience may know it.</summary>
    public string StateOf(Audience audience, AlertRule rule) => Names(audience, rule) ? AlertTable.StateOf(rule) : DriverState;

    /// <summary>What an alert of this rule tells.</summary>
    public static Disclosure ContentOf(AlertRule rule) => AlertTable.IsEmotion(rule) ? Disclosure.Emotions : Disclosure.States;

    /// <summary>What news of the monitor tells.</summary>
    public static Disclosure ContentOf(StatusKind news) => news switch
    {
        // Whether a driver agrees is nobody's business; that a sensor is off shows in its state.
        StatusKind.ModalitiesChanged => Disclosure.Consent,
        // A finding about the driver's heart, not about the sensor.
        StatusKind.IrregularRhythm => Disclosure.Measures,
        _ => Disclosure.Device,
    };

    private Disclosure Judged => Disclosure.Readiness | Disclosure.Device | Disclosure.States | EmotionsToo;

    private Disclosure Measured =>
        (Level >= WireLevel.P2 ? Disclosure.Measures : Disclosure.None)
        | (Level >= WireLevel.P3 ? Disclosure.Position : Disclosure.None);

    private Disclosure EmotionsToo => NamesEmotions && Level != WireLevel.P0 ? Disclosure.Emotions : Disclosure.None;

    /// <summary>What was agreed to names the emotions that it is about.</summary>
    private Disclosure ConsentToo => EmotionsToo == Disclosure.None ? Disclosure.None : Disclosure.Consent;
}
