using DriverMonitor.Core.Events;

namespace DriverMonitor.Outbox;

/// <summary>
/// What waits, as the link sees it: rows of the store and events in memory, less what is on its way or acknowledged. The writer
/// and the link meet here, under one lock that is never held while anything is written to the disk.
/// </summary>
internal sealed class PendingEvents(TimeProvider time, Func<DateTimeOffset?> trustedNow, int ringCapacity) : IDisposable
{
    /// <summary>Keeps the names of rows of a second store in one run apart from those of the first.</summary>
    public const long Generation = 1L << 42;

    private readonly Lock _gate = new();
    private readonly EventAge _age = new(time, trustedNow);
    private readonly MemoryRing _ring = new(ringCapacity);
    private readonly HashSet<long> _out = [];
    private readonly HashSet<long> _settled = [];
    private readonly HashSet<long> _held = [];
    private readonly FreshAlerts _fresh = new(time);
    private StoreReader? _reader;
    private StoreCounters _tally;
    private long _base;
    private long _cursor;
    /// <summary>The highest that the link has had of the store, perhaps without an answer.</summary>
    private long _handedOver;
    /// <summary>No row up to here waits.</summary>
    private long _head;
    private long _dropped;

    /// <summary>Raised for a row that is not as it was written; handlers must return at once.</summary>
    public event Action<StoredEvent>? Broken;

    /// <summary>Milliseconds since the start, for the store.</summary>
    public long Mono(long addedAt) => _age.Mono(addedAt);

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
            if (entry is not null && IsStored(entry.Seq)) _handedOver = Math.Max(_handedOver, entry.Seq);
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

    /// <summary>
    /// The link is not to take this one until it is released. False if it, or one after it, was handed over: whoever has seen
    /// an event under this name drops another.
    /// </summary>
    public bool TryHold(long seq)
    {
        lock (_gate) return _base + seq > _handedOver && _held.Add(_base + seq);
    }

    public void ReleaseHeld()
    {
        lock (_gate)
        {
            // The link may have passed them meanwhile.
            foreach (var key in _held) _cursor = Math.Min(_cursor, key - _base - 1);
            _held.Clear();
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
        lock (_gate) return (_reader?.CountSent(range.From, range.To) ?? 0) + _settled.Count(key => range.Contains(key - _base));
    }

    /// <summary>Rows of the store are there from now on.</summary>
    /// <param name="isNew">Another store than before, whose numbers begin again.</param>
    public void Attach(StoreReader reader, StoreCounters tally, long last, bool isNew)
    {
        lock (_gate)
        {
            if (_reader is null || isNew) _age.BeginAfter(last);
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
    public void Stored(
        IEnumerable<(long Seq, OutboxWork.Event Event)> added, IEnumerable<long> settled, StoreCounters tally, long dropped)
    {
        lock (_gate)
        {
            _dropped += dropped;
            foreach (var seq in settled) _settled.Remove(_base + seq);
            foreach (var (seq, alert) in added.Where(a => a.Event.Class == OutboxClass.Alert)) _fresh.Add(seq, alert.AddedAt);
            _tally = tally;
            _fresh.Trim();
        }
    }

    /// <summary>These may be sent again.</summary>
    public void Reopened(SeqRange range, StoreCounters tally)
    {
        lock (_gate)
        {
            _settled.RemoveWhere(key => range.Contains(key - _base));
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
    public List<OutboxWork.Event> TakeUnsent()
    {
        lock (_gate) return _ring.TakeUnsent(_out.Contains);
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
        var head = reader.NextAfter(_cursor);
        while (head is not null && (IsTaken(head.Seq) || IsBroken(head)))
        {
            _cursor = head.Seq;
            head = reader.NextAfter(_cursor);
        }

        if (head is not null && !_fresh.IsFresh(_age.AddedAt(head)) && _fresh.First(seq => FindWaiting(reader, seq)) is { } fresh)
            return Entry(fresh);
        if (head is null)
            return null;
        _cursor = head.Seq;
        return Entry(head);
    }

    private StoredEvent? FindWaiting(StoreReader reader, long seq) =>
        !IsTaken(seq) && reader.Find(seq) is { } found && !IsBroken(found) ? found : null;

    private bool IsBroken(StoredEvent stored)
    {
        if (stored.IsWhole) return false;
        Broken?.Invoke(stored);
        return true;
    }

    private bool IsTaken(long seq) => _out.Contains(_base + seq) || _settled.Contains(_base + seq) || _held.Contains(_base + seq);

    private OutboxEntry Entry(StoredEvent stored) =>
        new(_base + stored.Seq, stored.Topic, stored.Body, _age.AddedAt(stored), stored.Class, stored.Seq);

    private TimeSpan Oldest()
    {
        long? first = FirstWaiting() is { } stored ? Math.Min(_age.AddedAt(stored), _ring.Oldest ?? long.MaxValue) : _ring.Oldest;
        return first is { } at ? time.GetElapsedTime(at) : TimeSpan.Zero;
    }

    private StoredEvent? FirstWaiting()
    {
        if (_reader is not { } reader || _tally.Pending <= _settled.Count) return null;
        var first = reader.NextAfter(_head);
        if (first is not null) _head = first.Seq - 1;
        while (first is not null && _settled.Contains(_base + first.Seq)) first = reader.NextAfter(first.Seq);
        return first;
    }

    private bool IsStored(long key) => key >= _base && key < _base + MemoryRing.FirstSeq;

    /// <summary>Numbers of a store that is gone say nothing any more, not even if an answer to one still comes.</summary>
    private void Reset()
    {
        _base += Generation;
        _cursor = _head = 0;
        _settled.Clear();
        _held.Clear();
        _fresh.Clear();
    }
}
