using System.ComponentModel.DataAnnotations;
using System.Reflection;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Voice;

namespace DriverMonitor.Core;

/// <summary>Everything the judgement can be told; the defaults are the product's.</summary>
public record MonitorSettings : IValidatableObject
{
    public JudgementProfile Profile { get; init; }

    /// <summary>Locks every limit on which safety rests to the protocols' value: one that was moved stops the start.</summary>
    public bool Strict { get; init; }

    /// <summary>
    /// Under <see cref="JudgementProfile.EuWork"/>: why stress and anger must be judged for safety; null to leave them off.
    /// </summary>
    public string? SafetyJustification { get; init; }

    /// <summary>Under the same: the operator's number of the data protection impact assessment.</summary>
    public string? DpiaId { get; init; }

    public FrameSettings Frames { get; init; } = new();
    public PictureSettings Picture { get; init; } = new();
    public EyeSettings Eyes { get; init; } = new();
    public MouthSettings Mouth { get; init; } = new();
    public HeadSettings Head { get; init; } = new();
    public RoadSettings Road { get; init; } = new();
    public HeartSettings Heart { get; init; } = new();
    public SkinSettings Skin { get; init; } = new();
    public VoiceSettings Voice { get; init; } = new();
    public FatigueSettings Fatigue { get; init; } = new();
    public StressSettings Stress { get; init; } = new();
    public AngerSettings Anger { get; init; } = new();
    public DistractionSettings Distraction { get; init; } = new();
    public BaselineSettings Baseline { get; init; } = new();
    public AlertSettings Alerts { get; init; } = new();

    /// <summary>Whether stress is judged at all.</summary>
    public bool JudgesStress() => Stress.Enabled && MayJudgeEmotion();

    /// <summary>Whether anger is judged at all.</summary>
    public bool JudgesAnger() => Anger.Enabled && MayJudgeEmotion();

    /// <summary>Checks every section and what lies inside it; the names in the results start with the section's.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(SafetyJustification) != string.IsNullOrWhiteSpace(DpiaId))
            yield return new("Judgement: SafetyJustification and DpiaId go together.", [nameof(DpiaId)]);
        if (Strict && ProtocolLock.Moved(Locked(), new MonitorSettings().Locked()).ToList() is { Count: > 0 } moved)
            yield return new(
                $"Judgement: Strict holds, but {string.Join(", ", moved)} is not the protocol's value. Leave it out or give up Strict.",
                [nameof(Strict)]);
        foreach (var broken in Broken("Judgement", this))
            yield return broken;
    }

    internal TrackingParameters Tracking() => new(Frames, Eyes, Mouth, Head, Road, Alerts.PhoneFrom);

    internal ScoringParameters Scoring() => new(
        Eyes, Road, Heart, Fatigue, Stress, Anger, Distraction, Baseline,
        new(Alerts.LookAwayLimit, Alerts.ManyLookAways, Alerts.Phone), JudgesStress(), JudgesAnger());

    /// <summary>The sections that <see cref="Strict"/> locks.</summary>
    private IEnumerable<(string Name, object Section)> Locked() =>
        [
            ("Frames", Frames),
            ("Picture", Picture),
            ("Eyes", Eyes),
            ("Mouth", Mouth),
            ("Head", Head),
            ("Road", Road),
            ("Alerts", Alerts),
            ("Fatigue:Watch", Fatigue.Watch),
            ("Fatigue:Warn", Fatigue.Warn),
            ("Fatigue:Critical", Fatigue.Critical),
            ("Fatigue:Microsleep", Fatigue.Microsleep),
            ("Fatigue:Sleep", Fatigue.Sleep),
        ];

    private bool MayJudgeEmotion() =>
        Profile == JudgementProfile.Standard
        || (!string.IsNullOrWhiteSpace(SafetyJustification) && !string.IsNullOrWhiteSpace(DpiaId));

    private static IEnumerable<ValidationResult> Broken(string path, object settings)
    {
        foreach (var property in settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || !IsSection(property.PropertyType)) continue;
            var (inside, section) = ($"{path}:{property.Name}", property.GetValue(settings)!);
            var broken = new List<ValidationResult>();
            Validator.TryValidateObject(section, new ValidationContext(section), broken, validateAllProperties: true);
            foreach (var result in broken) yield return new($"{inside}: {result.ErrorMessage}", [property.Name]);
            foreach (var result in Broken(inside, section)) yield return result;
        }
    }

    private static bool IsSection(Type type) => type.IsClass && type.Name.EndsWith("Settings", StringComparison.Ordinal);
}
