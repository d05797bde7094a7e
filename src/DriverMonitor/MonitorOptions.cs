using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Host;
using DriverMonitor.Vision;
using Microsoft.Extensions.Options;

namespace DriverMonitor;

/// <summary>Everything an installer may set, one section a part; appsettings.json shows every key with its default.</summary>
internal sealed record MonitorOptions
{
    [ValidateObjectMembers] public CameraSettings Camera { get; init; } = new();
    [ValidateObjectMembers] public VisionSettings Vision { get; init; } = new();
    [ValidateObjectMembers] public MonitorSettings Judgement { get; init; } = new();

    /// <summary>The settings of a file, or the defaults for null. Throws <see cref="ConfigurationException"/>.</summary>
    public static MonitorOptions Load(string? path) => path is null ? new() : SettingsFile.Load<MonitorOptions>(path);
}
