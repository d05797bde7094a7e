namespace DriverMonitor.Core.Evaluation;

/// <summary>
/// The 95 % percentile interval of a figure under resampling of whole subjects (Efron 1979): events of one person are alike, so
/// drawing events one by one would make every interval too narrow. The draws are the same each time.
/// </summary>
public static class SubjectBootstrap
{
    /// <summary>Fewer subjects resample to too few different sets.</summary>
    public const int FewestSubjects = 5;

    internal const ulong Seed = 0x9E3779B97F4A7C15;

    private const int Draws = 2000;

    /// <summary>Null for fewer than <see cref="FewestSubjects"/>, or where the figure cannot be had of most draws.</summary>
    /// <param name="subjects">What is known of each.</param>
    /// <param name="figure">Of a draw; null where it is not defined, as precision without a detection.</param>
    public static Interval? Of<T>(IReadOnlyList<T> subjects, Func<IReadOnlyList<T>, double?> figure)
    {
        if (subjects.Count < FewestSubjects) return null;
        var found = Values(subjects, figure, Seed);
        if (found.Count < Draws / 2) return null;
        found.Sort();
        return new(Quantiles.OfSorted(found, 0.025), Quantiles.OfSorted(found, 0.975));
    }

    /// <summary>The figure of every draw in which it is defined.</summary>
    internal static List<double> Values<T>(IReadOnlyList<T> subjects, Func<IReadOnlyList<T>, double?> figure, ulong seed)
    {
        var found = new List<double>(Draws);
        var drawn = new T[subjects.Count];
        var state = seed;
        for (var i = 0; i < Draws; i++)
        {
            for (var j = 0; j < drawn.Length; j++) drawn[j] = subjects[Below(subjects.Count, ref state)];
            if (figure(drawn) is { } value && double.IsFinite(value)) found.Add(value);
        }

        return found;
    }

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private static int Below(int bound, ref ulong state)
    {
        var mixed = state += 0x9E3779B97F4A7C15ul;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ul;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBul;
        mixed ^= mixed >> 31;
        return (int)(mixed % (ulong)bound);
    }
}
