using System.Collections.Immutable;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Alerts;

/// <summary>The most urgent alert that stands, with the rule behind it; level None when all is well.</summary>
/// <param name="IsSilenced">Shown, not heard: advice of its kind was heard too often of late.</param>
public readonly record struct StandingAlert(AlertLevel Level, AlertRule Rule, bool IsSilenced = false)
{
    public static readonly StandingAlert None = new(AlertLevel.None, default);

    /// <summary>What the buzzer plays for it.</summary>
    public SoundPattern Sound =>
        Level == AlertLevel.None || IsSilenced ? SoundPattern.Silence : AlertTable.Row(Rule, Level).Sound;

    /// <summary>What the lamp shows for it.</summary>
    public Lamp Lamp => Level == AlertLevel.None ? Lamp.Off : AlertTable.Row(Rule, Level).Lamp;
}
