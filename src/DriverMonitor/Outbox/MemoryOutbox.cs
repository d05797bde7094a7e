namespace DriverMonitor.Outbox;

/// <summary>
/// Events that wait for the broker, in memory. An event leaves only when the broker has acknowledged it. Bounded: when it is
/// full the oldest is dropped and counted, and a gap record says so to the fleet. What waits is lost when the program ends.
/// </summary>
/// <param name="gap">Makes the record of a gap: topic and body, from its sequence number, the first and last lost, and how many.</param>
internal sealed class MemoryOutbox(TimeProvider time, MemoryOutbox.GapRecord gap, int capacity = MemoryOutbox.DefaultCapacity)
{
    /// <summary>About 40 days of alerts without a broker, 0.7 MB.</summary>
    public const int DefaultCapacity = 1_000;

    private readonly Lock _gate = new();
    private readonly List<OutboxEntry> _entries = [];
    private long _lastSeq;
    private (long From, long To, int Count) _lost;

    public delegate (string Topic, byte[] Body) GapRecord(long seq, long from, long to, int count);

    /// <summary>Raised on the adding thread after each new event; handlers must return at once.</summary>
    public event Action? Added;

    /// <summary>Events that wait, and those dropped for want of room since the start.</summary>
    public OutboxCount Count
    {
        get
        {
            lock (_gate)
                return new(_entries.Count, _entries.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(_entries[0].AddedAt), Dropped);
        }
    }

    private long Dropped { get; set; }

    /// <summary>Queues what <paramref name="write"/> makes from the event's sequence number.</summary>
    public void Add(string topic, Func<long, byte[]> write)
    {
        lock (_gate)
        {
            if (_entries.Count >= capacity) DropOldest();
            var seq = ++_lastSeq;
            _entries.Add(new(seq, topic, write(seq), time.GetTimestamp()));
        }

        Added?.Invoke();
    }

    /// <summary>The first waiting event after <paramref name="seq"/>, or null. Ask with 0 to begin again after a lost connection.</summary>
    public OutboxEntry? NextAfter(long seq)
    {
        lock (_gate)
        {
            if (_lost.Count > 0)
            {
                var (topic, body) = gap(++_lastSeq, _lost.From, _lost.To, _lost.Count);
                _entries.Add(new(_lastSeq, topic, body, time.GetTimestamp()));
                _lost = default;
            }

            var at = Find(seq + 1);
            return at < _entries.Count ? _entries[at] : null;
        }
    }

    /// <summary>The broker has it.</summary>
    public void Acknowledge(long seq)
    {
        lock (_gate)
        {
            var at = Find(seq);
            if (at < _entries.Count && _entries[at].Seq == seq) _entries.RemoveAt(at);
        }
    }

    private void DropOldest()
    {
        var oldest = _entries[0].Seq;
        _entries.RemoveAt(0);
        _lost = (_lost.Count == 0 ? oldest : _lost.From, oldest, _lost.Count + 1);
        Dropped++;
    }

    /// <summary>Index of the first entry whose number is at least <paramref name="seq"/>.</summary>
    private int Find(long seq)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Seq < seq) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

/// <summary>How full the outbox is.</summary>
internal readonly record struct OutboxCount(int Waiting, TimeSpan Oldest, long Dropped);
