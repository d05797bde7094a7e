using System.ComponentModel.DataAnnotations;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Assessment;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Hearts;

namespace DriverMonitor.Core;

/// <summary>Everything the judgement can be told; the defaults are the product's.</summary>
public sealed record MonitorSettings : IValidatableObject
{
    public FrameSettings Frames { get; init; } = new();
    public EyeSettings Eyes { get; init; } = new();
    public MouthSettings Mouth { get; init; } = new();
    public HeadSettings Head { get; init; } = new();
    public RoadSettings Road { get; init; } = new();
    public HeartSettings Heart { get; init; } = new();
    public FatigueSettings Fatigue { get; init; } = new();
    public StressSettings Stress { get; init; } = new();
    public AngerSettings Anger { get; init; } = new();
    public DistractionSettings Distraction { get; init; } = new();
    public BaselineSettings Baseline { get; init; } = new();
    public AlertSettings Alerts { get; init; } = new();

    /// <summary>Whether stress is judged at all.</summary>
    public bool JudgesStress() => Stress.Enabled;

    /// <summary>Whether anger is judged at all.</summary>
    public bool JudgesAnger() => Anger.Enabled;

    /// <summary>Checks every section; the names in the results start with the section's.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var section in typeof(MonitorSettings).GetProperties())
        {
            if (section.GetValue(this) is not { } settings) continue;
            var broken = new List<ValidationResult>();
            Validator.TryValidateObject(settings, new ValidationContext(settings), broken, validateAllProperties: true);
            foreach (var result in broken)
                yield return new($"Judgement:{section.Name}: {result.ErrorMessage}", [section.Name]);
        }
    }
}
