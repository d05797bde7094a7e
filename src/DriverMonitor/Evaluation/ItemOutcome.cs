using DriverMonitor.Core.Evaluation;

namespace DriverMonitor.Evaluation;

/// <summary>What one input came to.</summary>
internal sealed record ItemOutcome(EvaluationItem Item)
{
    /// <summary>Time judged.</summary>
    public TimeSpan Lasted { get; init; }

    public int Pictures { get; init; }

    /// <summary>Pictures with the driver's face, and those whose eyes were judged.</summary>
    public int Faces { get; init; }

    public int EyesJudged { get; init; }

    public IReadOnlyDictionary<LabelClass, DetectionTally> Events { get; init; } = new Dictionary<LabelClass, DetectionTally>();

    /// <summary>Labels that the input's end cuts and nothing was found for: not judged.</summary>
    public int Cut { get; init; }

    public IReadOnlyList<JudgedAlert> Alerts { get; init; } = [];

    /// <summary>Labels that ask for an alert, and when one came.</summary>
    public IReadOnlyList<DueAlert> Due { get; init; } = [];

    /// <summary>Picture by picture, how shut the eyes were inside and outside labelled closures.</summary>
    public IReadOnlyList<ScoredSample> EyeSamples { get; init; } = [];

    /// <summary>Second by second, the score of a state while it or its opposite is labelled.</summary>
    public IReadOnlyDictionary<LabelClass, IReadOnlyList<ScoredSample>> StateSamples { get; init; } =
        new Dictionary<LabelClass, IReadOnlyList<ScoredSample>>();

    /// <summary>How high each state stood, second by second.</summary>
    public StateTally States { get; init; } = new();

    /// <summary>The same without each sense that the input has beside another one.</summary>
    public IReadOnlyList<WithoutSense> Without { get; init; } = [];

    /// <summary>Of a still, or of a video known to hold an event or not; null where nothing was seen.</summary>
    public ShownResult? Shown { get; init; }

    public IReadOnlyList<HeartFigure> Heart { get; init; } = [];
}

/// <summary>An alert and whether a label says why; null where the input's labels cannot say it.</summary>
internal sealed record JudgedAlert(string Rule, int Level, TimeSpan At, double? Score, bool? IsRight);

/// <summary>A labelled event so long that an alert was due; null where none came while it lasted.</summary>
internal sealed record DueAlert(LabelClass Class, TimeRange Label, TimeSpan? After);

/// <summary>What a still or a whole video shows, and what was found in it.</summary>
/// <param name="Score">Null where no face was found.</param>
internal sealed record ShownResult(LabelClass Class, bool IsPositive, double? Score, bool? IsFound);

/// <summary>One figure of a heart series beside the published one; milliseconds, pNN50 in percent.</summary>
internal sealed record HeartFigure(string Name, double Expected, double? Found);
