namespace DriverMonitor.Core.Signals;

/// <summary>What the driver, or the shift plan, says about the last main sleep.</summary>
/// <param name="Awake">Time since waking, as of the observation that carries it.</param>
/// <param name="Slept">Length of that sleep; null is a normal night.</param>
public readonly record struct SleepReading(TimeSpan Awake, TimeSpan? Slept = null);
