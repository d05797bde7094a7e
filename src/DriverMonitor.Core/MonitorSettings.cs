using System.ComponentModel.DataAnnotations;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Features;

namespace DriverMonitor.Core;

/// <summary>Everything the judgement can be told; the defaults are the product's.</summary>
public sealed record MonitorSettings : IValidatableObject
{
    public FrameSettings Frames { get; init; } = new();
    public EyeSettings Eyes { get; init; } = new();
    public MouthSettings Mouth { get; init; } = new();
    public HeadSettings Head { get; init; } = new();
    public RoadSettings Road { get; init; } = new();
    public AlertSettings Alerts { get; init; } = new();

    /// <summary>The validator does not look into parts by itself; a bad limit must stop the start wherever it stands.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var wrong = new List<ValidationResult>();
        foreach (var part in (object[])[Frames, Eyes, Mouth, Head, Road, Alerts])
            Validator.TryValidateObject(part, new(part), wrong, validateAllProperties: true);
        return wrong;
    }
}
