using DriverMonitor.Hosting;

namespace DriverMonitor.HeartRate;

/// <summary>Where the service reads the pulse.</summary>
/// <param name="Monitor">Null where the settings name none; one that has a thread of its own is
/// <see cref="IDisposable"/>.</param>
internal sealed record HeartInput(IHeartMonitor? Monitor);
