using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Core.Scoring;

/// <summary>One step of a state: entered after staying at <see cref="Enter"/>, left below <see cref="Leave"/>.</summary>
public sealed record LevelSettings : IValidatableObject
{
    /// <summary>Score from which the step is entered.</summary>
    [Range(0.0, 1.0)] public double Enter { get; init; }

    /// <summary>Score below which it is left.</summary>
    [Range(0.0, 1.0)] public double Leave { get; init; }

    /// <summary>How long the score must stay up, without a break.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")] public TimeSpan Dwell { get; init; }

    /// <summary>Confidence without which the step is not entered.</summary>
    [Range(0.0, 1.0)] public double NeededConfidence { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Leave > Enter) yield return new("A level must be left below where it is entered.");
    }
}

/// <summary>Turns a wandering score into a calm level: up only after a dwell, down only past the hysteresis.</summary>
public sealed class LevelHysteresis(params LevelSettings[] steps)
{
    private readonly TimeSpan?[] _readySince = new TimeSpan?[steps.Length];

    public StateLevel Level { get; private set; }

    public StateLevel Step(TimeSpan at, double p, double confidence)
    {
        int level = (int)Level;
        for (int i = 0; i < steps.Length; i++)
        {
            bool ready = p >= steps[i].Enter && confidence >= steps[i].NeededConfidence;
            _readySince[i] = ready ? _readySince[i] ?? at : null;
            if (_readySince[i] is { } since && at - since >= steps[i].Dwell) level = Math.Max(level, i + 1);
        }

        while (level > 0 && p < steps[level - 1].Leave) level--;
        return Level = (StateLevel)level;
    }

    public void Reset()
    {
        Level = StateLevel.None;
        Array.Clear(_readySince);
    }
}
