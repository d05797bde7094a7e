using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vision;

/// <summary>What one look at head, arms and lap found; null where it looked for something else.</summary>
internal readonly record struct TorsoReading(HandsReading? Hands, double? Phone, double? Belt = null);
