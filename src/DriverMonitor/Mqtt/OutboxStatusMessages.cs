using DriverMonitor.Core.Wire;
using DriverMonitor.Outbox;
using DriverMonitor.Time;

namespace DriverMonitor.Mqtt;

/// <summary>Puts news that nobody judged into the fleet's words: the outbox's own, and the link's.</summary>
internal sealed class OutboxStatusMessages(WireIdentity who, Topics topics, ClockQuality clock)
{
    public OutboxMessage Create(EventOutbox outbox, OutboxNotification news) =>
        Create(outbox, (me, stamp, at) => Write(news, me, stamp, at));

    /// <param name="status">One word that never changes, for machines.</param>
    public OutboxMessage Create(EventOutbox outbox, string status, string? detail) =>
        Create(outbox, (me, stamp, at) => WireEvent.Status(me, stamp, at, status, detail));

    private OutboxMessage Create(EventOutbox outbox, Func<WireIdentity, WireStamp, TimeSpan, byte[]> write)
    {
        var (stamp, at) = (clock.Stamp(seq: 0), clock.Mono);
        return new(OutboxClass.Alert, topics.Alert(WireEvent.Device),
            seq => write(who with { Epoch = outbox.Epoch, Boot = outbox.Boot }, stamp with { Seq = seq }, at));
    }

    private static byte[] Write(OutboxNotification news, WireIdentity who, WireStamp stamp, TimeSpan at) => news switch
    {
        OutboxNotification.Gap gap => WireUpkeep.Gap(who, stamp, at, gap.Within, gap.Count, (int)gap.Class, gap.Reason),
        OutboxNotification.Replaced replaced => WireUpkeep.Replaced(who, stamp, at, replaced.FormerEpoch),
        OutboxNotification.Failed failed => WireEvent.Status(who, stamp, at, "store_failed", failed.Why),
        OutboxNotification.Recovered => WireEvent.Status(who, stamp, at, "store_recovered", detail: null),
        _ => throw new ArgumentOutOfRangeException(nameof(news), $"{news.GetType().Name} has no words yet."),
    };
}
