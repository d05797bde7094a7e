using DriverMonitor.Audit;
using DriverMonitor.Core.Commands;
using DriverMonitor.Core.Wire;
using DriverMonitor.Outbox;
using DriverMonitor.Time;

namespace DriverMonitor.Mqtt;

/// <summary>
/// What the vehicle says to the fleet that no drive brought about: answers, receipts and heads of the audit log.
/// </summary>
internal sealed class FleetPublisher(
    WireIdentity who, Topics topics, EventOutbox outbox, ClockQuality clock, PassingMessages passing)
{
    /// <summary>
    /// Kept until it is sent; the answer to a mark is only said, because storing it would cost more than what the mark lets go.
    /// </summary>
    public void Answer(CommandAnswer answer)
    {
        var topic = topics.OrderAnswer(answer.Name);
        if (answer.Name == FleetCommand.HighWaterMark.OrderName)
            passing.Add(topic, WireAnswer.Answer(Me, clock.Stamp(seq: 0), clock.Mono, answer));
        else
            Publish(topic, (me, stamp, at) => WireAnswer.Answer(me, stamp, at, answer));
    }

    /// <summary>A receipt for each pseudonym: the fleet holds what it got under the older ones too.</summary>
    /// <param name="aliases">The driver's pseudonyms.</param>
    public void Erased(IReadOnlyList<string> aliases, int files)
    {
        foreach (var alias in aliases) Publish(topics.Audit, (me, stamp, at) => WireAnswer.Erased(me, stamp, at, alias, files));
    }

    /// <param name="request">PKCS #10 in DER.</param>
    /// <param name="until">When the present certificate ends.</param>
    public void CertificateRequest(byte[] request, DateTimeOffset until) =>
        Publish(topics.Audit, (me, stamp, at) => WireAnswer.CertificateRequest(me, stamp, at, request, until));

    /// <param name="signed">Null where the device has no key.</param>
    public void AuditHead(AuditHead head, SignedHead? signed) => Publish(
        topics.Audit,
        (me, stamp, at) => WireAnswer.AuditHead(me, stamp, at, head.Entries, head.Hash, signed?.KeyId, signed?.Signature));

    private WireIdentity Me => who with { Epoch = outbox.Epoch, Boot = outbox.Boot };

    private void Publish(string topic, Func<WireIdentity, WireStamp, TimeSpan, byte[]> write)
    {
        // The body is written later, on the outbox's thread and perhaps under another epoch; what time it is, is asked now.
        var (stamp, at) = (clock.Stamp(seq: 0), clock.Mono);
        outbox.Add(OutboxClass.Record, topic, seq => write(Me, stamp with { Seq = seq }, at));
    }
}
