using DriverMonitor.Core.Events;
using DriverMonitor.Fleet.Marks;
using FsCheck.Xunit;

namespace DriverMonitor.Fleet.Tests.Marks;

public sealed class SequenceTrackerTests
{
    [Theory]
    [InlineData(0, "", "", 0, 0, "")]
    [InlineData(0, "1 2 3", "", 3, 3, "")]
    [InlineData(0, "1 1 2 2", "", 2, 2, "")]
    [InlineData(0, "1 3", "", 1, 3, "2-2")]
    [InlineData(0, "5 6 7 9", "", 0, 9, "1-4 8-8")]
    [InlineData(4, "5 6 7 9", "", 7, 9, "8-8")]
    [InlineData(0, "1 9", "2-8", 9, 9, "")]
    [InlineData(0, "1 9", "2-5", 1, 9, "6-8")]
    [InlineData(0, "1 9", "6-8", 1, 9, "2-5")]
    [InlineData(0, "1 9", "4-5", 1, 9, "2-3 6-8")]
    [InlineData(0, "1 9", "4-5 3-6 1-2", 1, 9, "7-8")]
    [InlineData(0, "1 4 9", "2-8", 9, 9, "")]
    [InlineData(0, "3", "1-40", 3, 3, "")]
    [InlineData(7, "9", "1-8", 9, 9, "")]
    [InlineData(0, "9007199254740992", "", 0, 9007199254740992, "1-9007199254740991")]
    public void Marks_and_holes(long mark, string come, string lost, long contiguous, long highest, string holes)
    {
        var state = SequenceTracker.Update(mark, Numbers(come), Ranges(lost));
        Assert.Equal((contiguous, highest, holes),
            (state.Mark, state.Highest, string.Join(' ', state.Holes.Select(range => $"{range.From}-{range.To}"))));
    }

    /// <summary>Whatever is stored and whatever is lost: the slow and obvious way says the same.</summary>
    [Property(MaxTest = 300)]
    public void It_says_what_counting_one_by_one_says(byte[] come, (byte, byte)[] lost)
    {
        var seqs = come.Where(seq => seq > 0).Select(seq => (long)seq).Order().ToList();
        var gaps = lost.Select(pair => new SeqRange(Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2))).ToList();
        var highest = seqs.LastOrDefault();
        bool IsThere(long seq) => seqs.Contains(seq) || gaps.Any(gap => gap.Contains(seq));
        var missing = Enumerable.Range(1, (int)highest).Select(seq => (long)seq).Where(seq => !IsThere(seq)).ToList();
        var contiguous = missing.Count == 0 ? highest : seqs.LastOrDefault(seq => seq < missing[0]);

        var state = SequenceTracker.Update(0, seqs, gaps);

        Assert.Equal((contiguous, highest), (state.Mark, state.Highest));
        Assert.Equal(missing, state.Holes.SelectMany(hole => Enumerable.Range((int)hole.From, (int)hole.Count)).Select(seq => (long)seq));
    }

    //   events  oldest s  holes  asked  since s   due
    [Theory]
    [InlineData(0, -1, false, 0, -1, false)]
    [InlineData(1, 1, false, 0, 1, false)]
    [InlineData(49, 299, false, 0, 299, false)]
    [InlineData(50, 1, false, 0, 1, true)]
    [InlineData(1, 300, false, 0, 300, true)]
    [InlineData(1, 1, true, 0, -1, false)]
    [InlineData(1, 3, true, 0, -1, true)]
    [InlineData(1, 4, true, 1, 4, false)]
    [InlineData(1, 5, true, 1, 5, true)]
    [InlineData(1, 9, true, 2, 9, false)]
    [InlineData(1, 10, true, 2, 10, true)]
    [InlineData(0, -1, true, 19, 599, false)]
    [InlineData(0, -1, true, 19, 600, true)]
    public void A_mark_is_due(int events, int oldest, bool hasHoles, int asked, int since, bool isDue)
    {
        static TimeSpan? Seconds(int value) => value < 0 ? null : TimeSpan.FromSeconds(value);
        Assert.Equal(isDue, MarkPolicy.IsDue(events, Seconds(oldest), hasHoles, asked, Seconds(since)));
    }

    private static IEnumerable<long> Numbers(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => long.Parse(one, System.Globalization.CultureInfo.InvariantCulture));

    private static IEnumerable<SeqRange> Ranges(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('-')).Select(ends => new SeqRange(
            long.Parse(ends[0], System.Globalization.CultureInfo.InvariantCulture),
            long.Parse(ends[1], System.Globalization.CultureInfo.InvariantCulture)));
}
