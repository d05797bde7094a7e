using System.Collections.Immutable;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Wire;

namespace DriverMonitor.Outbox;

/// <summary>What the outbox's one writer is asked to do, in this order.</summary>
internal abstract record OutboxWork
{
    /// <param name="AddedAt">On the clock of <see cref="TimeProvider.GetTimestamp"/>.</param>
    /// <param name="Utc">When, if somebody vouches for the time of day.</param>
    public sealed record Event(OutboxClass Class, string Topic, Func<long, byte[]> Write, long AddedAt, DateTimeOffset? Utc)
        : OutboxWork;

    /// <summary>The fleet has everything up to a number, except what it misses.</summary>
    public sealed record Mark(ulong Epoch, long UpTo, ImmutableArray<SeqRange> Missing) : OutboxWork;

    /// <summary>Send these again.</summary>
    public sealed record Again(SeqRange Range) : OutboxWork;

    /// <summary>This one cannot be read as it was written.</summary>
    public sealed record Discard(StoredEvent Broken) : OutboxWork;

    /// <summary>No broker of ours takes this one: it goes, and the fleet is told.</summary>
    public sealed record SetAside(OutboxEntry Entry, string Reason) : OutboxWork;

    /// <summary>Enough was acknowledged to be worth writing down.</summary>
    public sealed record Settle : OutboxWork;

    public sealed record Stop : OutboxWork;
}
