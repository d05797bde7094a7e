using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Features;

namespace DriverMonitor.Core;

/// <summary>Everything the judgement can be told; the defaults are the product's.</summary>
public sealed record MonitorSettings
{
    public FrameSettings Frames { get; init; } = new();
    public EyeSettings Eyes { get; init; } = new();
    public MouthSettings Mouth { get; init; } = new();
    public HeadSettings Head { get; init; } = new();
    public RoadSettings Road { get; init; } = new();
    public AlertSettings Alerts { get; init; } = new();
}
