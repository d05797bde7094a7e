using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Signals;

/// <summary>The local time of day, and whether anyone vouches for it: a board without a battery boots in the past.</summary>
public readonly record struct WallClock(DateTimeOffset Local, bool Trusted);
