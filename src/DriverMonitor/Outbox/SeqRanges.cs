using DriverMonitor.Core.Events;

namespace DriverMonitor.Outbox;

internal static class SeqRanges
{
    /// <summary>What of <paramref name="range"/> is not among <paramref name="there"/>, which rise.</summary>
    public static IEnumerable<SeqRange> Holes(SeqRange range, IEnumerable<long> there)
    {
        var next = range.From;
        foreach (var seq in there)
        {
            if (seq > next) yield return new(next, seq - 1);
            next = seq + 1;
        }

        if (next <= range.To) yield return new(next, range.To);
    }
}
