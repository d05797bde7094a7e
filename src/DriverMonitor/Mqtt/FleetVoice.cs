using DriverMonitor.Core.Events;
using DriverMonitor.Core.Orders;
using DriverMonitor.Outbox;

namespace DriverMonitor.Mqtt;

/// <summary>What the vehicle says to the fleet that no drive brought about: answers, receipts and heads of the audit log.</summary>
internal sealed class FleetVoice(WireIdentity who, Topics topics, EventOutbox outbox, ClockTrust clock)
{
    public void Answer(OrderAnswer answer) =>
        Say(topics.OrderAnswer(answer.Name), (me, stamp, at) => WireAnswer.Answer(me, stamp, at, answer));

    /// <param name="alias">The driver's pseudonym.</param>
    public void Erased(string alias, int files) =>
        Say(topics.Audit, (me, stamp, at) => WireAnswer.Erased(me, stamp, at, alias, files));

    public void AuditHead(long entries, string hash) =>
        Say(topics.Audit, (me, stamp, at) => WireAnswer.AuditHead(me, stamp, at, entries, hash));

    private void Say(string topic, Func<WireIdentity, WireStamp, TimeSpan, byte[]> write)
    {
        // The body is written later, on the outbox's thread and perhaps under another epoch; what time it is, is asked now.
        var (stamp, at) = (clock.Stamp(seq: 0), clock.Mono);
        outbox.Add(OutboxClass.Record, topic, seq => write(who with { Epoch = outbox.Epoch, Boot = outbox.Boot }, stamp with { Seq = seq }, at));
    }
}
