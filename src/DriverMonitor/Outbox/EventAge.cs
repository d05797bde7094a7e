namespace DriverMonitor.Outbox;

/// <summary>When an event of the store was added, on this run's clock.</summary>
internal sealed class EventAge(TimeProvider time, Func<DateTimeOffset?> trustedNow)
{
    private readonly long _start = time.GetTimestamp();
    private long _beforeRun;

    /// <summary>Rows up to this number were there before this run, or before its present store.</summary>
    public void BeginAfter(long last) => _beforeRun = last;

    /// <summary>Milliseconds since the start, for the store.</summary>
    public long Mono(long addedAt) => (long)time.GetElapsedTime(_start, addedAt).TotalMilliseconds;

    /// <summary>Of an earlier run only the time of day can tell; where that is not known it counts from this start.</summary>
    public long AddedAt(StoredEvent stored)
    {
        if (stored.Seq > _beforeRun) return _start + Ticks(TimeSpan.FromMilliseconds(stored.Mono));
        var age = trustedNow() is { } now && stored.Utc is { } then && then < now ? now - then : TimeSpan.Zero;
        return Math.Min(_start, time.GetTimestamp() - Ticks(age));
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
