using DriverMonitor.Core.Events;

namespace DriverMonitor.Fleet.Marks;

/// <summary>
/// Which numbers of an epoch are there: all up to a mark, some above it. Numbers that the vehicle says are lost count as there,
/// unless they come after all.
/// </summary>
internal static class SequenceTracker
{
    /// <summary>More holes are not asked for at once: the order has 8 KiB.</summary>
    public const int MostHoles = 100;

    /// <param name="mark">Everything up to here was there before.</param>
    /// <param name="seqs">Stored numbers above it, rising; repeats allowed.</param>
    /// <param name="lost">Ranges that a gap explains, in any order.</param>
    public static SequenceState Update(long mark, IEnumerable<long> seqs, IEnumerable<SeqRange> lost)
    {
        var gaps = lost.Where(range => range.To > mark).OrderBy(range => range.From).ToList();
        List<SeqRange> holes = [];
        var (contiguous, reached, highest, next) = (mark, mark, mark, 0);
        foreach (var seq in seqs)
        {
            if (seq <= reached) continue;
            AddHoles(reached + 1, seq - 1);
            if (holes.Count == 0) contiguous = seq;
            reached = highest = seq;
        }

        // What is lost at the end: the gap itself has a number above it, unless it has not come yet.
        return new(contiguous, highest, [.. holes.Take(MostHoles)]);

        void AddHoles(long from, long to)
        {
            while (from <= to)
            {
                while (next < gaps.Count && gaps[next].To < from) next++;
                if (next == gaps.Count || gaps[next].From > to)
                {
                    holes.Add(new(from, to));
                    return;
                }

                if (gaps[next].From > from) holes.Add(new(from, gaps[next].From - 1));
                from = gaps[next].To + 1;
            }
        }
    }
}

/// <param name="Mark">Every number up to here is stored, or known to be lost.</param>
/// <param name="Highest">The highest that is stored.</param>
/// <param name="Holes">What is missing between the two, lowest first; at most <see cref="SequenceTracker.MostHoles"/>.</param>
internal sealed record SequenceState(long Mark, long Highest, IReadOnlyList<SeqRange> Holes);
