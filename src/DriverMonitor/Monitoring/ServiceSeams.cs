using DriverMonitor.Camera;
using DriverMonitor.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>Where a test takes the place of the world: what is seen, what time it is for the buzzer, which part fails.</summary>
internal sealed record ServiceSeams
{
    /// <summary>The camera; that of the settings for null.</summary>
    public Func<ICamera>? Camera { get; init; }

    /// <summary>By which the buzzer plays; the system's for null.</summary>
    public TimeProvider? BuzzerTime { get; init; }

    /// <summary>Hears of every outcome before the buzzer does.</summary>
    public IEventSink? First { get; init; }

    /// <summary>Where log lines go; standard output for null.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>Throws to make a part fail; see <see cref="Supervisor"/>.</summary>
    public Action<ServicePart>? Inject { get; init; }
}
