using DriverMonitor.Camera;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Evaluation.Labels;

namespace DriverMonitor.Evaluation;

/// <summary>Labelled inputs, found and ready to be judged.</summary>
/// <param name="IsSynthetic">Drawn, not filmed: says nothing about people.</param>
internal sealed record EvaluationSet(string Name, IReadOnlyList<EvaluationItem> Items, bool IsSynthetic = false)
{
    /// <summary>More inputs than this are a mistake in a pattern.</summary>
    public const int MostItems = 200_000;

    public string? Licence { get; init; }

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One input and what is known of it.</summary>
internal sealed record EvaluationItem
{
    /// <summary>As the report names it.</summary>
    public required string Name { get; init; }

    public required InputKind Kind { get; init; }

    public required string Path { get; init; }

    /// <summary>Who is seen; events of one person are not independent.</summary>
    public string Subject { get; init; } = "unknown";

    /// <summary>Declared traits such as sex or skin type, by name.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>();

    /// <summary>Such as night or glasses.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    public IReadOnlyList<LabelSource> Labels { get; init; } = [];

    /// <summary>Labels that the set's own file says.</summary>
    public IReadOnlyList<RawLabel> Spelt { get; init; } = [];

    /// <summary>Classes of which every occurrence is labelled, so that anything else found is false.</summary>
    public IReadOnlySet<LabelClass> Covers { get; init; } = new HashSet<LabelClass>();

    /// <summary>The person's state all the time.</summary>
    public LabelClass? State { get; init; }

    /// <summary>What a still shows, or what a video without times holds at least once.</summary>
    public (LabelClass Class, bool IsPositive)? Shows { get; init; }

    /// <summary>Null is unknown, which is judged as fast.</summary>
    public double? SpeedKmh { get; init; }

    public string? Heart { get; init; }

    /// <summary>Figures that the heart's intervals are known to have.</summary>
    public HeartReference? Reference { get; init; }

    /// <summary>Draws a scripted driver in the place of a file.</summary>
    public PortraitScript? Scripted { get; init; }

    /// <summary>How the scripted driver looks; null as drawn.</summary>
    public PortraitLook? Look { get; init; }

    /// <summary>Under which headings the item counts: its subject, groups and conditions.</summary>
    public IEnumerable<string> Headings() =>
        Groups.Select(group => $"{group.Key}: {group.Value}").Concat(Conditions.Select(one => $"condition: {one}"))
            .Append($"subject: {Subject}");
}

internal enum InputKind { Video, Recording, Still, Heart, Scripted }

/// <summary>Published figures of a heart series, in milliseconds; pNN50 in percent.</summary>
/// <param name="FromSeconds">Only the beats from here on.</param>
/// <param name="UntilSeconds">And up to here.</param>
internal sealed record HeartReference(
    double? MeanRr = null, double? Sdnn = null, double? Rmssd = null, double? Pnn50 = null, double FromSeconds = 0,
    double? UntilSeconds = null);
