namespace DriverMonitor.Outbox;

/// <summary>
/// Events that wait in memory, because there is no disk or it cannot be written. They count under an epoch of their own: a number
/// that was given here and is lost with the power must never be given again to something else. Bounded: when it is full the
/// oldest of the least worth goes, and is remembered until that can be told.
/// </summary>
internal sealed class MemoryRing(int capacity)
{
    /// <summary>Keeps the names of these entries apart from those on disk.</summary>
    public const long FirstSeq = 1L << 40;

    private readonly List<Waiting> _waiting = [];
    private readonly LossCounter _losses = new();
    private long _last;

    public int Count => _waiting.Count;

    /// <summary>When the oldest was queued; null if nothing waits.</summary>
    public long? Oldest => _waiting.Count == 0 ? null : _waiting[0].Entry.AddedAt;

    /// <summary>Queues an event under the next number. False if one was lost for it, which may be itself.</summary>
    public bool Add(OutboxWork.Event added)
    {
        var number = ++_last;
        var full = _waiting.Count >= capacity;
        if (full && !DropFor(added.Class))
        {
            _losses.Add(added.Class, "quota", new(number, number), 1);
            return false;
        }

        _waiting.Add(new(added, new(FirstSeq + number, added.Topic, added.Write(number), added.AddedAt, added.Class, number)));
        return !full;
    }

    /// <summary>Uses up numbers for events that never found room.</summary>
    public void Skip(OutboxClass cls, long count)
    {
        _losses.Add(cls, "space", new(_last + 1, _last + count), count);
        _last += count;
    }

    /// <summary>The first that <paramref name="isOut"/> does not know.</summary>
    public OutboxEntry? Next(Func<long, bool> isOut) => _waiting.Find(w => !isOut(w.Entry.Seq))?.Entry;

    public bool Remove(long seq) => _waiting.RemoveAll(w => w.Entry.Seq == seq) > 0;

    /// <summary>What was lost since this was asked last; nothing while there is no room to say it.</summary>
    public IReadOnlyList<OutboxNotification.Gap> TakeLosses() => _waiting.Count < capacity ? _losses.Take() : [];

    /// <summary>Hands over what nobody was ever told the number of, to be stored under another.</summary>
    public List<OutboxWork.Event> TakeUnsent(Func<long, bool> wasSent)
    {
        List<OutboxWork.Event> unsent = [.. _waiting.Where(w => !wasSent(w.Entry.Seq)).Select(w => w.Event)];
        _waiting.RemoveAll(w => !wasSent(w.Entry.Seq));
        return unsent;
    }

    private bool DropFor(OutboxClass newcomer)
    {
        var least = _waiting.Max(w => w.Entry.Class);
        if (newcomer > least) return false;
        var at = _waiting.FindIndex(w => w.Entry.Class == least);
        var number = _waiting[at].Entry.Seq - FirstSeq;
        _losses.Add(least, "quota", new(number, number), 1);
        _waiting.RemoveAt(at);
        return true;
    }

    private sealed record Waiting(OutboxWork.Event Event, OutboxEntry Entry);
}
