using DriverMonitor.Core.Events;

namespace DriverMonitor.Outbox;

/// <summary>
/// What waits, as the link sees it: rows of the store and events in memory, less what is on its way or acknowledged. The writer
/// and the link meet here, under one lock that is never held while anything is written to the disk.
/// </summary>
internal sealed class PendingEvents(TimeProvider time, Func<DateTimeOffset?> trustedNow, int ringCapacity) : IDisposable
{
    /// <summary>An alert younger than this is worth more than an older backlog.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    /// <summary>Keeps the names of rows of a second store in one run apart from those of the first.</summary>
    public const long Generation = 1L << 42;

    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private readonly MemoryRing _ring = new(ringCapacity);
    private readonly HashSet<long> _out = [];
    private readonly HashSet<long> _settled = [];
    private readonly Queue<(long Seq, long AddedAt)> _fresh = [];
    private StoreReader? _reader;
    private StoreCounters _tally;
    private long _base;
    private long _beforeRun;
    private long _cursor;
    /// <summary>No row up to here waits.</summary>
    private long _head;
    private long _dropped;

    /// <summary>Raised for a row that is not as it was written; handlers must return at once.</summary>
    public event Action<StoredEvent>? Broken;

    /// <summary>Milliseconds since the start, for the store.</summary>
    public long Mono(long addedAt) => (long)time.GetElapsedTime(_start, addedAt).TotalMilliseconds;

    /// <summary>The first event that is neither on its way nor acknowledged.</summary>
    /// <param name="again">A new connection: nothing is on its way any more.</param>
    public OutboxEntry? Next(bool again)
    {
        lock (_gate)
        {
            if (again)
            {
                _out.Clear();
                _cursor = _head;
            }

            var entry = NextStored() ?? _ring.Next(_out.Contains);
            if (entry is not null) _out.Add(entry.Seq);
            return entry;
        }
    }

    /// <summary>The broker has it. Says how many acknowledged ones the store does not know of yet.</summary>
    public int Acknowledge(long seq)
    {
        lock (_gate)
        {
            if (_out.Remove(seq) && !_ring.Remove(seq) && IsStored(seq)) _settled.Add(seq);
            return _settled.Count;
        }
    }

    /// <summary>It is not to be sent any more. False if it is not there.</summary>
    public bool SetAside(long seq)
    {
        lock (_gate)
        {
            if (!_out.Remove(seq)) return false;
            if (_ring.Remove(seq)) return ++_dropped > 0;
            return IsStored(seq) && _settled.Add(seq);
        }
    }

    /// <summary>What was set aside has left the store.</summary>
    public void Discarded(long seq, StoreCounters tally)
    {
        lock (_gate)
        {
            _settled.Remove(seq);
            _tally = tally;
            _dropped++;
        }
    }

    /// <param name="adding">Events that the writer has not reached.</param>
    public OutboxCount Count(int adding)
    {
        lock (_gate)
        {
            var waiting = (int)Math.Max(0, _tally.Pending - _settled.Count) + _ring.Count + adding;
            return new(waiting, Oldest(), _dropped);
        }
    }

    /// <summary>How many of a range were sent and can be sent again.</summary>
    public int CountSent(SeqRange range)
    {
        lock (_gate) return Try(() => _reader?.CountSent(range.From, range.To) ?? 0) + _settled.Count(key => Contains(range, key - _base));
    }

    /// <summary>Rows of the store are there from now on.</summary>
    /// <param name="isNew">Another store than before, whose numbers begin again.</param>
    public void Attach(StoreReader reader, StoreCounters tally, long last, bool isNew)
    {
        lock (_gate)
        {
            if (_reader is null || isNew) _beforeRun = last;
            if (isNew) Reset();
            _reader?.Dispose();
            _reader = reader;
            _tally = tally;
        }
    }

    /// <summary>The store was set aside.</summary>
    public void Detach()
    {
        lock (_gate)
        {
            _reader?.Dispose();
            _reader = null;
            _tally = default;
            Reset();
        }
    }

    /// <summary>Acknowledged, and not yet known to the store.</summary>
    public List<long> SettledSequences()
    {
        lock (_gate) return [.. _settled.Select(key => key - _base)];
    }

    public bool IsSettled(long seq)
    {
        lock (_gate) return _settled.Contains(_base + seq);
    }

    /// <summary>The store has taken these events, and knows what was settled.</summary>
    public void Stored(IEnumerable<(long Seq, OutboxWork.Event Event)> added, IEnumerable<long> settled, StoreCounters tally, long dropped)
    {
        lock (_gate)
        {
            _dropped += dropped;
            foreach (var seq in settled) _settled.Remove(_base + seq);
            foreach (var (seq, happened) in added)
            {
                if (happened.Class == OutboxClass.Alert) _fresh.Enqueue((seq, happened.AddedAt));
            }

            _tally = tally;
            TrimFresh();
        }
    }

    /// <summary>These may be sent again.</summary>
    public void Reopened(SeqRange range, StoreCounters tally)
    {
        lock (_gate)
        {
            _settled.RemoveWhere(key => Contains(range, key - _base));
            _cursor = Math.Min(_cursor, range.From - 1);
            _head = Math.Min(_head, range.From - 1);
            _tally = tally;
        }
    }

    public void Changed(StoreCounters tally, long dropped)
    {
        lock (_gate)
        {
            _tally = tally;
            _dropped += dropped;
        }
    }

    public void AddToRing(OutboxWork.Event added)
    {
        lock (_gate)
        {
            if (!_ring.Add(added)) _dropped++;
        }
    }

    /// <summary>Events that never found room anywhere.</summary>
    public void SkipInRing(OutboxClass cls, long count)
    {
        if (count == 0) return;
        lock (_gate)
        {
            _ring.Skip(cls, count);
            _dropped += count;
        }
    }

    public IReadOnlyList<OutboxNotification.Gap> TakeRingLosses()
    {
        lock (_gate) return _ring.TakeLosses();
    }

    /// <summary>Events in memory that were never sent: they are the store's from now on.</summary>
    public List<OutboxWork.Event> TakeUntold()
    {
        lock (_gate) return _ring.TakeUntold(_out.Contains);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _reader?.Dispose();
            _reader = null;
        }
    }

    private OutboxEntry? NextStored()
    {
        if (_reader is not { } reader) return null;
        var head = Try(() => reader.NextAfter(_cursor));
        while (head is not null && (IsTaken(head.Seq) || IsBroken(head)))
        {
            _cursor = head.Seq;
            head = Try(() => reader.NextAfter(_cursor));
        }

        if (head is not null && time.GetElapsedTime(AddedAt(head)) > Fresh && NextFresh(reader) is { } fresh) return Entry(fresh);
        if (head is null) return null;
        _cursor = head.Seq;
        return Entry(head);
    }

    private StoredEvent? NextFresh(StoreReader reader)
    {
        TrimFresh();
        foreach (var (seq, _) in _fresh)
        {
            if (!IsTaken(seq) && Try(() => reader.Find(seq)) is { } fresh && !IsBroken(fresh)) return fresh;
        }

        return null;
    }

    private void TrimFresh()
    {
        while (_fresh.TryPeek(out var oldest) && time.GetElapsedTime(oldest.AddedAt) > Fresh) _fresh.Dequeue();
    }

    private bool IsBroken(StoredEvent stored)
    {
        if (stored.IsWhole) return false;
        Broken?.Invoke(stored);
        return true;
    }

    private bool IsTaken(long seq) => _out.Contains(_base + seq) || _settled.Contains(_base + seq);

    private OutboxEntry Entry(StoredEvent stored) => new(_base + stored.Seq, stored.Topic, stored.Body, AddedAt(stored), stored.Class, stored.Seq);

    /// <summary>Of an earlier run only the time of day can tell; where that is not known it counts from this start.</summary>
    private long AddedAt(StoredEvent stored)
    {
        if (stored.Seq > _beforeRun) return _start + Ticks(TimeSpan.FromMilliseconds(stored.Mono));
        var age = trustedNow() is { } now && stored.Utc is { } then && then < now ? now - then : TimeSpan.Zero;
        return Math.Min(_start, time.GetTimestamp() - Ticks(age));
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private TimeSpan Oldest()
    {
        long? first = FirstWaiting() is { } stored ? Math.Min(AddedAt(stored), _ring.Oldest ?? long.MaxValue) : _ring.Oldest;
        return first is { } at ? time.GetElapsedTime(at) : TimeSpan.Zero;
    }

    private StoredEvent? FirstWaiting()
    {
        if (_reader is not { } reader || _tally.Pending <= _settled.Count) return null;
        var first = Try(() => reader.NextAfter(_head));
        if (first is not null) _head = first.Seq - 1;
        while (first is not null && _settled.Contains(_base + first.Seq))
        {
            var seq = first.Seq;
            first = Try(() => reader.NextAfter(seq));
        }

        return first;
    }

    private bool IsStored(long key) => key >= _base && key < _base + MemoryRing.FirstSeq;

    /// <summary>Numbers of a store that is gone say nothing any more, not even if an answer to one still comes.</summary>
    private void Reset()
    {
        _base += Generation;
        _cursor = _head = 0;
        _settled.Clear();
        _fresh.Clear();
    }

    private static bool Contains(SeqRange range, long seq) => range.From <= seq && seq <= range.To;

    /// <summary>A disk that cannot be read now: nothing waits there for the moment. The writer finds out too, and says so.</summary>
    private static T? Try<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (StoreException)
        {
            return default;
        }
    }
}
