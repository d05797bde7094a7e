using DriverMonitor.Core.Events;
using DriverMonitor.Core.Wire;
using Microsoft.Data.Sqlite;

namespace DriverMonitor.Outbox;

/// <summary>
/// The queue on the disk, for its one writer. Each method is one transaction or more, and each of them leaves a queue that the
/// next start can go on with. The row with the highest number is never deleted: the next number is one more than it.
/// </summary>
internal sealed class OutboxStore : IDisposable
{
    /// <summary>Rows deleted in one transaction; more would make the log large.</summary>
    private const int Chunk = 1_000;

    private readonly SqliteConnection _store;
    private readonly StoreStatements _rows;
    private readonly bool _keepsAcknowledged;

    private OutboxStore(SqliteConnection store, Acknowledgement acknowledge)
    {
        _store = store;
        _rows = new(store);
        _keepsAcknowledged = acknowledge == Acknowledgement.Fleet;
        Epoch = unchecked((ulong)(long)StoreFile.QueryScalar(store, "SELECT v FROM meta WHERE k = 'epoch'")!);
    }

    /// <summary>Made at random with the database.</summary>
    public ulong Epoch { get; }

    public StoreCounters Tally => _rows.Tally;

    /// <summary>The highest number given so far.</summary>
    public long Last => _rows.Last;

    /// <summary>Checks the file, and proves that it can be written. Throws <see cref="StoreException"/>.</summary>
    public static OutboxStore Open(string path, Acknowledgement acknowledge, int boot) => StoreException.Guard(() =>
    {
        var connection = StoreFile.OpenWriter(path);
        try
        {
            StoreFile.Run(connection, $"INSERT OR REPLACE INTO meta VALUES('boot', {boot})");
            var store = new OutboxStore(connection, acknowledge);
            store._rows.CountAll();
            if (!store._keepsAcknowledged) store.Change(() => store._rows.DeleteSent(0, long.MaxValue));
            return store;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    /// <summary>
    /// Writes events under the next numbers, and what was acknowledged meanwhile, in one transaction: once this returns, all of
    /// it is on the disk. Events that will never come get their numbers first, so that a fleet which counts can be told which.
    /// </summary>
    /// <param name="skipped">How many never come.</param>
    /// <param name="lost">What else never comes, of earlier numbers.</param>
    public IReadOnlyList<long> Append(IReadOnlyList<StoreRow> events, IReadOnlyCollection<long> settled,
        IReadOnlyList<(OutboxClass Class, long Count)> skipped, OutboxNotification.Gap? lost, GapLedger gaps)
    {
        var isCommitted = false;
        try
        {
            var numbers = Change(() => Write(events, settled, skipped, lost, gaps));
            isCommitted = true;
            return numbers;
        }
        finally
        {
            gaps.Complete(isCommitted);
        }
    }

    /// <summary>
    /// Deletes what the fleet has, and opens again what it misses. The numbers that are not here any more come back.
    /// </summary>
    public IReadOnlyList<SeqRange> MarkUpTo(long upTo, IReadOnlyList<SeqRange> missing)
    {
        for (var from = _rows.First(); from <= Math.Min(upTo, Last); from += Chunk)
        {
            var chunk = new SeqRange(from, Math.Min(Math.Min(upTo, Last), from + Chunk - 1));
            Change(() =>
            {
                foreach (var seq in _rows.Numbers(chunk).Where(seq => !missing.Any(range => range.Contains(seq))))
                    _rows.Remove(seq);
                return true;
            });
        }

        return [.. missing.SelectMany(Reopen)];
    }

    /// <summary>Lets rows that were sent be sent again. The numbers that are not here any more come back.</summary>
    public IReadOnlyList<SeqRange> Reopen(SeqRange range) =>
        Change(() =>
        {
            _rows.Reopen(range);
            return SeqRanges
                .Holes(range with { From = Math.Max(1, range.From), To = Math.Min(Last, range.To) }, _rows.Numbers(range))
                .ToList();
        });

    /// <summary>Deletes rows above a number; only for numbers that were never told to anybody.</summary>
    public void ForgetAfter(long last) => Change(() =>
    {
        _rows.DeleteAfter(last);
        return true;
    });

    /// <summary>Deletes a row that is not as it was written. Says that it will never come: null if it had gone already.</summary>
    public OutboxNotification.Gap? Discard(StoredEvent broken) => Change(() =>
    {
        var before = _rows.Tally;
        _rows.Remove(broken.Seq);
        return _rows.Tally == before ? null : new OutboxNotification.Gap(broken.Class, "corrupt", new(broken.Seq, broken.Seq), 1);
    });

    /// <summary>Deletes one row, unless it is the last.</summary>
    public void Remove(long seq) => Change(() =>
    {
        _rows.Remove(seq);
        return true;
    });

    /// <summary>
    /// Deletes the oldest of a class, a twentieth of what it may have. Says what of it nobody has: null if nothing.
    /// </summary>
    public OutboxNotification.Gap? DropOldest(OutboxClass cls, ClassLimit limit, Func<long, bool> isSettled) =>
        Delete(() => _rows.Oldest(cls, Math.Clamp(limit.Rows / 20, 1, Chunk), limit.Bytes / 20), cls, "quota", isSettled);

    /// <summary>
    /// Deletes what is too old to be sent, or to be kept after it was. Says what of it nobody has: null if nothing.
    /// </summary>
    public OutboxNotification.Gap? DropExpired(
        OutboxClass cls,
        ClassLimit limit,
        DateTimeOffset now,
        Func<long, bool> isSettled
    ) => Delete(() => _rows.Expired(cls, now, now - limit.Keep, Chunk), cls, "expired", isSettled);

    public void Dispose()
    {
        _rows.Dispose();
        _store.Dispose();
    }

    private List<long> Write(IReadOnlyList<StoreRow> events, IReadOnlyCollection<long> settled,
        IReadOnlyList<(OutboxClass Class, long Count)> skipped, OutboxNotification.Gap? lost, GapLedger gaps)
    {
        var before = Last;
        foreach (var (cls, count) in skipped) gaps.Write(_rows, Epoch, new(cls, "space", _rows.Skip(count), count));
        if (lost is not null) gaps.Write(_rows, Epoch, lost);
        var numbers = events.Select(_rows.Insert).ToList();
        foreach (var seq in settled) MarkSettled(seq);
        if (Last > before && !_keepsAcknowledged) _rows.DeleteSent(before, before);
        return numbers;
    }

    private void MarkSettled(long seq)
    {
        if (!_keepsAcknowledged || _rows.MarkSent(seq) == OutboxClass.Trace) _rows.Remove(seq);
    }

    private OutboxNotification.Gap? Delete(
        Func<List<(long Seq, bool Waits)>> which, OutboxClass cls, string reason, Func<long, bool> isSettled) =>
        Change(() =>
        {
            var rows = which();
            foreach (var (seq, _) in rows)
                _rows.Remove(seq);
            var lost = rows.Where(row => row.Waits && !isSettled(row.Seq)).Select(row => row.Seq).ToList();
            return lost.Count == 0 ? null : new OutboxNotification.Gap(cls, reason, new(lost[0], lost[^1]), lost.Count);
        });

    private T Change<T>(Func<T> change) => StoreException.Guard(() =>
    {
        var before = (_rows.Tally, _rows.Last);
        try
        {
            using var transaction = _store.BeginTransaction(deferred: false);
            _rows.Within(transaction);
            var result = change();
            transaction.Commit();
            return result;
        }
        catch
        {
            (_rows.Tally, _rows.Last) = before;
            throw;
        }
    });
}

/// <summary>An event on its way to the disk.</summary>
/// <param name="Mono">Milliseconds since the start of this run.</param>
/// <param name="Expires">Not worth sending after this; null where the time of day is not known.</param>
internal readonly record struct StoreRow(
    OutboxClass Class, string Topic, Func<long, byte[]> Write, long Mono, DateTimeOffset? Utc, DateTimeOffset? Expires);
