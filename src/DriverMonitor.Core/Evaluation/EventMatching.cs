namespace DriverMonitor.Core.Evaluation;

/// <summary>
/// Which found event is which labelled one. A pair is possible where both overlap or begin within <see cref="OnsetTolerance"/> of
/// one another; pairs are taken greedily, longest overlap first, each event once.
/// </summary>
public static class EventMatching
{
    /// <summary>Labels made by eye are three pictures wrong, and a blink's half amplitude is no picture's.</summary>
    public static readonly TimeSpan OnsetTolerance = TimeSpan.FromSeconds(0.5);

    /// <param name="labels">Of one class, in the order of time.</param>
    /// <param name="found">Of the same class, in the order of time.</param>
    /// <param name="ignored">Where nothing is judged: what is found there is neither right nor false.</param>
    /// <param name="mayJoin">
    /// Neighbouring labels may be found as one event, as glances that follow each other without a look at the road: a label that
    /// lies by half in an event that is another's counts as found (joined), and so the other way round (split).
    /// </param>
    public static MatchResult Match(
        IReadOnlyList<TimeRange> labels, IReadOnlyList<TimeRange> found, IReadOnlyList<TimeRange> ignored, bool mayJoin)
    {
        var (ofLabel, ofFound) = (Unmatched(labels.Count), Unmatched(found.Count));
        foreach (var (label, event_) in Candidates(labels, found))
        {
            if (ofLabel[label] >= 0 || ofFound[event_] >= 0) continue;
            (ofLabel[label], ofFound[event_]) = (event_, label);
        }

        var pairs = new List<(int, int)>();
        for (var i = 0; i < labels.Count; i++)
            if (ofLabel[i] >= 0) pairs.Add((i, ofLabel[i]));
        var missed = Left(ofLabel);
        var spare = Left(ofFound);
        var joined = mayJoin ? missed.Where(i => LiesIn(labels[i], found)).ToList() : [];
        var split = mayJoin ? spare.Where(i => LiesIn(found[i], labels)).ToList() : [];
        var passed = spare.Except(split).Where(i => ignored.Any(range => found[i].Touches(range))).ToList();
        return new(
            pairs,
            [.. missed.Except(joined)],
            [.. spare.Except(split).Except(passed)],
            joined,
            split,
            passed);
    }

    private static List<(int Label, int Found)> Candidates(IReadOnlyList<TimeRange> labels, IReadOnlyList<TimeRange> found)
    {
        var pairs = new List<(int Label, int Found, TimeSpan Overlap, TimeSpan Onset)>();
        var first = 0;
        for (var i = 0; i < labels.Count; i++)
        {
            while (first < found.Count && found[first].Until < labels[i].From - OnsetTolerance) first++;
            for (var j = first; j < found.Count && found[j].From <= labels[i].Until + OnsetTolerance; j++)
            {
                var (overlap, onset) = (labels[i].Overlap(found[j]), (labels[i].From - found[j].From).Duration());
                if (overlap > TimeSpan.Zero || onset <= OnsetTolerance) pairs.Add((i, j, overlap, onset));
            }
        }

        return
        [
            .. pairs.OrderByDescending(pair => pair.Overlap).ThenBy(pair => pair.Onset).ThenBy(pair => pair.Label)
                .ThenBy(pair => pair.Found).Select(pair => (pair.Label, pair.Found)),
        ];
    }

    private static bool LiesIn(TimeRange range, IReadOnlyList<TimeRange> others) =>
        others.Any(other => 2 * range.Overlap(other) >= range.Duration && range.Overlap(other) > TimeSpan.Zero);

    private static int[] Unmatched(int count)
    {
        var all = new int[count];
        Array.Fill(all, -1);
        return all;
    }

    private static List<int> Left(int[] partner) => [.. Enumerable.Range(0, partner.Length).Where(i => partner[i] < 0)];
}

/// <summary>What a matching came to, as places in the lists that were matched.</summary>
/// <param name="Missed">Labels that nothing was found for.</param>
/// <param name="FalseOnes">Found events without a label.</param>
/// <param name="Joined">Labels that were found as part of another one's event.</param>
/// <param name="Split">Found events that are a piece of a label that is matched already.</param>
/// <param name="Ignored">Found events where nothing is judged.</param>
public sealed record MatchResult(
    IReadOnlyList<(int Label, int Found)> Pairs,
    IReadOnlyList<int> Missed,
    IReadOnlyList<int> FalseOnes,
    IReadOnlyList<int> Joined,
    IReadOnlyList<int> Split,
    IReadOnlyList<int> Ignored);
