using System.Collections.Concurrent;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Wire;
using DriverMonitor.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Outbox;

/// <summary>
/// Events on their way to the fleet. An event leaves only when the broker, or the fleet itself, has confirmed it; until then it
/// survives the end of the program and of the power, where there is a folder to keep it in. Adding never waits for the disk:
/// one writer of its own does, and where the disk fails it goes on in memory.
/// </summary>
internal sealed class EventOutbox : IDisposable
{
    /// <summary>
    /// Events between the loop and the writer: two minutes of a disk that hangs, at the busiest. Then new ones are refused,
    /// counted and told as a gap.
    /// </summary>
    private const int InboxSize = 4_096;

    /// <summary>Acknowledged events that make it worth waking the disk; a crash before that sends them twice.</summary>
    private const int EnoughToSettle = 50;

    /// <summary>A disk slower than this is waited for in memory.</summary>
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(3);

    /// <summary>systemd kills what does not stop; what hangs here hangs in the disk.</summary>
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<OutboxWork> _inbox = new(InboxSize);
    private readonly PendingEvents _pending;
    private readonly StoreLifecycle _lifecycle;
    private readonly OutboxWriter _writer;
    private readonly Thread _thread;
    private readonly TimeProvider _time;
    private readonly Func<DateTimeOffset?> _trustedNow;

    /// <param name="folder">Where to keep events; null for memory alone.</param>
    /// <param name="say">Puts the outbox's own news into words.</param>
    /// <param name="trustedNow">The time of day; null where nobody vouches for it.</param>
    public EventOutbox(
        string? folder,
        Acknowledgement acknowledge,
        Func<EventOutbox, OutboxNotification, OutboxMessage> say,
        Func<DateTimeOffset?> trustedNow,
        TimeProvider time,
        ILogger log,
        OutboxLimits? limits = null,
        SupervisedPart? part = null)
    {
        _time = time;
        _trustedNow = trustedNow;
        limits ??= new();
        _pending = new(time, trustedNow, limits.Ring);
        _lifecycle = new(folder, acknowledge, limits, _pending, time, log);
        _writer = new(_inbox, _lifecycle, _pending, limits, news => say(this, news), trustedNow, time);
        _pending.Broken += broken => _inbox.TryAdd(new OutboxWork.Discard(broken));
        _writer.Added += () => Added?.Invoke();
        _thread = new Thread(() => Write(part)) { IsBackground = true, Name = "outbox" };
        _thread.Start();
        _writer.Opened.Wait(OpeningPatience);
    }

    /// <summary>Raised on the writer's thread after new events can be sent; handlers must return at once.</summary>
    public event Action? Added;

    public OutboxCount Count => _pending.Count(_writer.Adding);

    /// <summary>Under which numbers count now: made at random with the store, and another one for events in memory.</summary>
    public ulong Epoch => _writer.Epoch;

    /// <summary>Counts the starts of the program; 1 where there is no folder to count them in.</summary>
    public int Boot => _lifecycle.Boot;

    /// <summary>Whether events are on disk at the moment.</summary>
    public bool IsDurable => _lifecycle.Store is not null;

    /// <summary>Whether everything added so far can be sent.</summary>
    public bool IsIdle => _writer.Adding == 0;

    /// <summary>Queues what <paramref name="write"/> makes from the event's sequence number, and returns at once.</summary>
    /// <param name="write">Called on another thread, under <see cref="Epoch"/>; perhaps twice.</param>
    public void Add(OutboxClass cls, string topic, Func<long, byte[]> write) =>
        _writer.Take(new(cls, topic, write, _time.GetTimestamp(), _trustedNow()));

    public void Add(OutboxMessage message) => Add(message.Class, message.Topic, message.Write);

    /// <summary>
    /// The next event that waits and is not on its way; null if there is none. They come in order, but an alert of the last
    /// minute comes before a backlog that is older. Ask with 0 after a new connection: nothing is on its way then.
    /// </summary>
    public OutboxEntry? NextAfter(long seq) => _pending.Next(again: seq == 0);

    /// <summary>The broker has it.</summary>
    public void Acknowledge(long seq)
    {
        if (_pending.Acknowledge(seq) >= EnoughToSettle || seq >= MemoryRing.FirstSeq) _inbox.TryAdd(new OutboxWork.Settle());
    }

    /// <summary>It can never be sent: it goes, and a gap tells the fleet its number.</summary>
    /// <param name="reason">One word for machines.</param>
    public void SetAside(OutboxEntry entry, string reason)
    {
        if (_pending.SetAside(entry.Seq)) _inbox.TryAdd(new OutboxWork.SetAside(entry, reason));
    }

    /// <summary>
    /// The fleet has everything up to a number, except what it misses: the one is deleted, the other sent again.
    /// </summary>
    public void MarkUpTo(ulong epoch, long upTo, IReadOnlyList<SeqRange> missing) =>
        _inbox.TryAdd(new OutboxWork.Mark(epoch, upTo, [.. missing]));

    /// <summary>Sends events of the present epoch again; says how many there are to send.</summary>
    public int Resend(long from, long to)
    {
        var there = _pending.CountSent(new(from, to));
        _inbox.TryAdd(new OutboxWork.Again(new(from, to)));
        return there;
    }

    private void Write(SupervisedPart? part)
    {
        if (part is null) _writer.Run();
        else part.Run(_writer.Run, CancellationToken.None);
    }

    public void Dispose()
    {
        if (_inbox.TryAdd(new OutboxWork.Stop(), ClosingPatience) && _thread.Join(ClosingPatience)) _inbox.Dispose();
        _pending.Dispose();
    }
}
