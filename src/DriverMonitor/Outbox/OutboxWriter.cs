using System.Collections.Concurrent;
using System.Security.Cryptography;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Wire;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Outbox;

/// <summary>
/// The one writer: takes events in the order in which they came, gives them their numbers, and writes them to the disk, or keeps
/// them in memory while there is none. An alert is written at once, with whatever waits before it; the rest within a second.
/// </summary>
internal sealed class OutboxWriter(
    BlockingCollection<OutboxWork> inbox,
    StoreLifecycle lifecycle,
    PendingEvents pending,
    OutboxLimits limits,
    Func<OutboxNotification, OutboxMessage> say,
    Func<DateTimeOffset?> trustedNow,
    TimeProvider time)
{
    private const int MostTogether = 100;

    /// <summary>Stores tried for one write, before it is kept in memory.</summary>
    private const int Attempts = 3;

    /// <summary>Events that are no alerts wait this long for company.</summary>
    private static readonly TimeSpan CompanyWait = TimeSpan.FromSeconds(1);
    /// <summary>How often the writer looks up when nothing comes.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    /// <summary>What was acknowledged is written down with the next event, or after this.</summary>
    private static readonly TimeSpan SettleAfter = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ExpireEvery = TimeSpan.FromHours(1);
    private static readonly OutboxClass[] Classes = Enum.GetValues<OutboxClass>();

    private readonly OutboxEviction _eviction = new(limits, pending.IsSettled);
    private readonly ulong _ringEpoch = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private readonly Queue<OutboxNotification> _news = [];
    private readonly HashSet<SeqRange> _gone = [];
    private readonly RefusedCounts _refused = new();
    private GapLedger? _gaps;
    private OutboxWork? _next;
    private ulong _epoch;
    private int _adding;
    private long _wroteAt = time.GetTimestamp();
    private long _expiredAt = time.GetTimestamp();

    /// <summary>Raised after new events can be sent.</summary>
    public event Action? Added;

    /// <summary>Set once it is known whether there is a store.</summary>
    public ManualResetEventSlim Opened { get; } = new();

    public ulong Epoch => Volatile.Read(ref _epoch);

    /// <summary>Events that were taken and cannot be sent yet.</summary>
    public int Adding => Volatile.Read(ref _adding);

    private GapLedger Gaps => _gaps ??= new(pending, gap => Row(Event(say(gap))));

    /// <summary>From any thread; returns at once.</summary>
    public void Take(OutboxWork.Event added)
    {
        Interlocked.Increment(ref _adding);
        if (inbox.TryAdd(added)) return;
        Interlocked.Decrement(ref _adding);
        _refused.Add(added.Class);
    }

    /// <summary>Runs until told to stop; for a thread of its own. May be run again after it failed.</summary>
    public void Run()
    {
        if (!Opened.IsSet) Open();
        while (Step())
        {
            Maintain();
            RaiseChanged();
        }

        lifecycle.Dispose();
    }

    private void Open()
    {
        try
        {
            Volatile.Write(ref _epoch, _ringEpoch);
            Handle(lifecycle.Open());
        }
        finally
        {
            Opened.Set();
        }
    }

    private void RaiseChanged()
    {
        if (_news.Count == 0) return;
        while (_news.TryDequeue(out var news))
        {
            if (news is OutboxNotification.Gap gap && GapLedger.Grows(gap)) Write([], gap);
            else Write([Event(say(news))]);
        }

        Added?.Invoke();
    }

    private bool Step()
    {
        var work = _next ?? (inbox.TryTake(out var taken, Idle) ? taken : null);
        _next = null;
        switch (work)
        {
            case OutboxWork.Event first: WriteTogether(first); break;
            case OutboxWork.Mark mark: Apply(mark); break;
            case OutboxWork.Again again: Reopen(store => store.Reopen(again.Range), [again.Range]); break;
            case OutboxWork.Discard discard: Try(store => ReportLost(store, store.Discard(discard.Broken))); break;
            case OutboxWork.SetAside aside: SetAside(aside); break;
            case OutboxWork.Settle or OutboxWork.Stop: Write([]); break;
        }

        return work is not OutboxWork.Stop;
    }

    /// <summary>The gap is written first: a crash between the two tells it twice, and never not at all.</summary>
    private void SetAside(OutboxWork.SetAside aside)
    {
        var (entry, isStored) = (
            aside.Entry, aside.Entry.Seq < MemoryRing.FirstSeq || aside.Entry.Seq >= PendingEvents.Generation);
        // A number counts in its own epoch, and a gap speaks of the present one.
        if (isStored == (lifecycle.Store is not null))
            Write([Event(say(new OutboxNotification.Gap(entry.Class, aside.Reason, new(entry.Number, entry.Number), 1)))]);
        if (!isStored) return;
        Try(store =>
        {
            store.Remove(entry.Number);
            pending.Discarded(entry.Seq, store.Tally);
        });
        Added?.Invoke();
    }

    private void WriteTogether(OutboxWork.Event first)
    {
        List<OutboxWork.Event> together = [first];
        var since = time.GetTimestamp();
        while (together.Count < MostTogether)
        {
            var wait = together[^1].Class == OutboxClass.Alert ? TimeSpan.Zero : CompanyWait - time.GetElapsedTime(since);
            if (!inbox.TryTake(out _next, wait > TimeSpan.Zero ? wait : TimeSpan.Zero) || _next is not OutboxWork.Event more)
                break;
            together.Add(more);
            _next = null;
        }

        var isWritten = false;
        try
        {
            Write(together);
            isWritten = true;
        }
        finally
        {
            // What could not even be put into words is told of as a gap.
            if (!isWritten) foreach (var lost in together) _refused.Add(lost.Class);
            Interlocked.Add(ref _adding, -together.Count);
        }

        Added?.Invoke();
    }

    private void Write(List<OutboxWork.Event> events, OutboxNotification.Gap? lost = null)
    {
        var admitted = Admit(events);
        for (var attempt = 0; attempt < Attempts && lifecycle.Store is { } store; attempt++)
        {
            try
            {
                Store(store, admitted, lost);
                return;
            }
            catch (StoreException e)
            {
                Handle(lifecycle.HandleFailure(e));
            }
        }

        AddPending(lost is null ? admitted : [Event(say(lost)), .. admitted]);
    }

    private List<OutboxWork.Event> Admit(List<OutboxWork.Event> events)
    {
        foreach (var refused in events.Where(e => !lifecycle.Accepts(e.Class))) _refused.Add(refused.Class);
        return [.. events.Where(e => lifecycle.Accepts(e.Class))];
    }

    private void Store(OutboxStore store, List<OutboxWork.Event> events, OutboxNotification.Gap? lost)
    {
        Volatile.Write(ref _epoch, store.Epoch);
        var settled = pending.SettledSequences();
        var skipped = _refused.Read();
        if (events.Count + settled.Count == 0 && lost is null) return;

        var numbers = store.Append([.. events.Select(Row)], settled, skipped, lost, Gaps);
        _wroteAt = time.GetTimestamp();
        _refused.Subtract(skipped);
        pending.Stored(numbers.Zip(events), settled, store.Tally, skipped.Sum(refused => refused.Count));
        // These events are written; a disk that fails over the room for them must not have them written once more.
        Try(same => { foreach (var gap in _eviction.MakeRoom(same)) ReportLost(same, gap); });
    }

    private void AddPending(List<OutboxWork.Event> events)
    {
        Volatile.Write(ref _epoch, _ringEpoch);
        foreach (var (cls, count) in _refused.Take()) pending.SkipInRing(cls, count);
        foreach (var added in events) pending.AddToRing(added);
        foreach (var gap in pending.TakeRingLosses()) pending.AddToRing(Event(say(gap)));
    }

    /// <summary>
    /// What comes round by itself: another try of the disk, a late word of what was acknowledged, what is too old.
    /// </summary>
    private void Maintain()
    {
        if (lifecycle.IsDue)
        {
            Handle(lifecycle.Open());
            if (lifecycle.Store is not null) Write(pending.TakeUnsent());
            Added?.Invoke();
        }

        if (time.GetElapsedTime(_wroteAt) > SettleAfter)
        {
            _wroteAt = time.GetTimestamp();
            Write([]);
        }

        if (time.GetElapsedTime(_expiredAt) > ExpireEvery && trustedNow() is { } now)
        {
            _expiredAt = time.GetTimestamp();
            foreach (var cls in Classes) Try(store => ReportLost(store, _eviction.DropExpired(store, cls, now)));
        }
    }

    private void Apply(OutboxWork.Mark mark)
    {
        // Another epoch's, or of more than was ever given: it is not about this store.
        if (lifecycle.Store is not { } store || store.Epoch != mark.Epoch || mark.UpTo > store.Last) return;
        Reopen(same => same.MarkUpTo(mark.UpTo, mark.Missing), mark.Missing);
    }

    private void Reopen(Func<OutboxStore, IReadOnlyList<SeqRange>> change, IReadOnlyList<SeqRange> again)
    {
        // First what the broker has taken, or it would be forgotten over what is deleted and opened now.
        Write([]);
        Try(store =>
        {
            // A fleet asks until it is answered; told once in a run is enough.
            foreach (var gone in change(store).Where(gone => _gone.Count < MostTogether && _gone.Add(gone)))
                _news.Enqueue(new OutboxNotification.Gap(OutboxClass.Alert, "gone", gone, gone.Count));
            foreach (var range in again) pending.Reopened(range, store.Tally);
            pending.Changed(store.Tally, dropped: 0);
            Added?.Invoke();
        });
    }

    private void Try(Action<OutboxStore> change)
    {
        if (lifecycle.Store is not { } store) return;
        try
        {
            change(store);
        }
        catch (StoreException e)
        {
            Handle(lifecycle.HandleFailure(e));
        }
    }

    private void ReportLost(OutboxStore store, OutboxNotification.Gap? gap)
    {
        pending.Changed(store.Tally, gap?.Count ?? 0);
        if (gap is not null) _news.Enqueue(gap);
    }

    private void Handle(IReadOnlyList<OutboxNotification> news)
    {
        foreach (var one in news) _news.Enqueue(one);
        Volatile.Write(ref _epoch, lifecycle.Store?.Epoch ?? _ringEpoch);
    }

    private StoreRow Row(OutboxWork.Event added) =>
        new(
            added.Class, added.Topic, added.Write,
            pending.Mono(added.AddedAt), added.Utc, added.Utc + limits[added.Class].Expiry);

    private OutboxWork.Event Event(OutboxMessage message) =>
        new(message.Class, message.Topic, message.Write, time.GetTimestamp(), trustedNow());
}
