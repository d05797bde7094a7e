using DriverMonitor.Core.Scoring;

namespace DriverMonitor.Evaluation;

/// <summary>
/// How high each state stood on the mean of the seconds in which it was judged, and how long states came together.
/// </summary>
internal sealed class StateTally
{
    /// <summary>States, as figures name them, in the order of the arrays below.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fatigue", "stress", "anger", "distraction"];

    private readonly double[] _sums = new double[Names.Count];
    private readonly int[] _seconds = new int[Names.Count];

    /// <summary>Seconds in which stress and fatigue, or anger and stress, stood together.</summary>
    public int StrainedAndTired { get; private set; }

    public int Agitated { get; private set; }

    /// <summary>Null where it was judged in no second.</summary>
    public double? Mean(int state) => _seconds[state] > 0 ? _sums[state] / _seconds[state] : null;

    public int Seconds(int state) => _seconds[state];

    public static StateTally Of(IEnumerable<SecondScores> seconds)
    {
        var tally = new StateTally();
        foreach (var second in seconds)
        {
            ReadOnlySpan<float> scores = [second.Fatigue, second.Stress, second.Anger, second.Distraction];
            for (var i = 0; i < scores.Length; i++)
            {
                if (float.IsNaN(scores[i])) continue;
                tally._sums[i] += scores[i];
                tally._seconds[i]++;
            }

            if (second.Mixed == MixedState.StrainedAndTired) tally.StrainedAndTired++;
            else if (second.Mixed == MixedState.Agitated) tally.Agitated++;
        }

        return tally;
    }

    public static StateTally Sum(IEnumerable<StateTally> all)
    {
        var sum = new StateTally();
        foreach (var one in all)
        {
            for (var i = 0; i < Names.Count; i++)
            {
                sum._sums[i] += one._sums[i];
                sum._seconds[i] += one._seconds[i];
            }

            sum.StrainedAndTired += one.StrainedAndTired;
            sum.Agitated += one.Agitated;
        }

        return sum;
    }
}

/// <summary>The inputs that have a sense, judged with it and without it.</summary>
internal sealed record SenseFigures(string Sense, int Inputs, StateTally With, StateTally Without)
{
    public static IReadOnlyList<SenseFigures> All(IReadOnlyList<ItemOutcome> outcomes) =>
    [
        .. from outcome in outcomes
           from without in outcome.Without
           group (With: outcome.States, Without: without.States) by without.Sense into sense
           orderby sense.Key
           select new SenseFigures(
               sense.Key, sense.Count(), StateTally.Sum(sense.Select(one => one.With)),
               StateTally.Sum(sense.Select(one => one.Without))),
    ];
}
