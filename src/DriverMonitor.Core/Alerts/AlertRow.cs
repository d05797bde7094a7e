using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Alerts;

/// <summary>What one alert is to the driver and to the wire.</summary>
/// <param name="Rank">Of two alerts that stand, the lower rank speaks. In steps of ten, so that a new rule finds its place
/// between others.</param>
/// <param name="WordsKey">For translation.</param>
/// <param name="Words">English, short enough to be read at a glance; says what to do.</param>
public sealed record AlertRow(
    AlertRule Rule, AlertLevel Level, int Rank, SoundPattern Sound, Lamp Lamp, string WordsKey, string Words);

/// <summary>What the lamp in the cab shows.</summary>
public enum Lamp { Off, Amber, AmberBlinking, Red, RedBlinking }
