using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.HeartRate;

/// <summary>Where the service reads the pulse.</summary>
/// <param name="Monitor">Null where the settings name none; one that has a thread of its own is
/// <see cref="IDisposable"/>.</param>
internal sealed record HeartInput(IHeartMonitor? Monitor)
{
    /// <summary>The skin's newest reading, where the heart's gateway sends it.</summary>
    public Func<SkinReading?>? Skin => Monitor is MqttHeart gateway ? gateway.TakeSkin : null;
}
