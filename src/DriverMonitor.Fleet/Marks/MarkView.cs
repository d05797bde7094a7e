namespace DriverMonitor.Fleet.Marks;

/// <summary>
/// What of an epoch may be told now. While <c>KeepOnVehicle</c> lasts an event is stored here and kept there: to the mark it is
/// as if it had not come yet, but holes are asked for at once.
/// </summary>
internal sealed class MarkView
{
    public MarkView(
        IReadOnlyList<(long Seq, long ReceivedAt)> rows, EpochRow epoch, SequenceState state, long now, long keepMilliseconds)
    {
        var limit = now - keepMilliseconds;
        var firstKept = rows.Where(row => row.ReceivedAt > limit).Select(row => (long?)row.Seq).Min();
        UpTo = firstKept is { } kept ? Math.Max(epoch.Mark, kept - 1) : Math.Max(epoch.Mark, state.Highest);
        Mark = Math.Min(state.Mark, UpTo);
        var told = (epoch.MarkedAt ?? 0) - keepMilliseconds;
        var untold = rows.Where(row => row.ReceivedAt <= limit && row.ReceivedAt >= told).ToList();
        TimeSpan? oldest = untold.Count > 0 ? TimeSpan.FromMilliseconds(limit - untold.Min(row => row.ReceivedAt)) : null;
        TimeSpan? since = epoch.MarkedAt is { } at ? TimeSpan.FromMilliseconds(now - at) : null;
        var newest = rows.Count > 0 ? rows.Max(row => row.ReceivedAt) : 0;
        // Asking a vehicle that has been silent since the last time is asking nobody.
        var isHeard = epoch.Asked == 0 || Math.Max(newest, epoch.SeenAt) >= epoch.MarkedAt;
        var age = oldest ?? (rows.Count > 0 ? TimeSpan.FromMilliseconds(now - newest) : null);
        IsDue = MarkPolicy.IsDue(untold.Count, age, state.Holes.Count > 0 && isHeard, epoch.Asked, since);
        LookAgainAt = state.Holes.Count > 0 || rows.Count == 0 ? now : NextDue(rows, keepMilliseconds);
    }

    /// <summary>The vehicle may delete everything up to here that is not missing.</summary>
    public long UpTo { get; }

    /// <summary>Every number up to here is stored or lost, and may be deleted.</summary>
    public long Mark { get; }

    public bool IsDue { get; }

    /// <summary>Until then nothing becomes due by itself, Unix milliseconds.</summary>
    public long LookAgainAt { get; }

    private static long NextDue(IReadOnlyList<(long Seq, long ReceivedAt)> rows, long keepMilliseconds)
    {
        var received = rows.Select(row => row.ReceivedAt).Order().ToList();
        var byAge = received[0] + (long)MarkPolicy.Oldest.TotalMilliseconds;
        var byCount = received.Count >= MarkPolicy.Events ? received[MarkPolicy.Events - 1] : long.MaxValue;
        return Math.Min(byAge, byCount) + keepMilliseconds;
    }
}
