using DriverMonitor.Core.Events;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Outbox;

/// <summary>
/// What the outbox itself has to tell the fleet. It has no words of its own: whoever knows the wire writes them.
/// </summary>
internal abstract record OutboxNotification
{
    /// <summary>Events that had a number and will never come.</summary>
    /// <param name="Reason"><c>quota</c>, <c>expired</c>, <c>space</c>, <c>gone</c>, <c>corrupt</c>, <c>too_large</c>,
    /// <c>unsendable</c>.</param>
    /// <param name="Within">From the first to the last of them; what else lies between is not lost.</param>
    public sealed record Gap(OutboxClass Class, string Reason, SeqRange Within, long Count) : OutboxNotification;

    /// <summary>The stored queue was damaged and set aside: what it still held will never come.</summary>
    public sealed record Replaced(ulong? FormerEpoch) : OutboxNotification;

    /// <summary>Events wait in memory from now on and are lost when the power goes.</summary>
    public sealed record Failed(string Why) : OutboxNotification;

    /// <summary>Events are on disk again.</summary>
    public sealed record Recovered : OutboxNotification;
}

/// <summary>Something to send.</summary>
/// <param name="Write">Its body, from its sequence number; called on the writer's thread while <see cref="EventOutbox.Epoch"/> is
/// the number's own.</param>
internal sealed record OutboxMessage(OutboxClass Class, string Topic, Func<long, byte[]> Write);
