namespace DriverMonitor.Outbox;

/// <summary>One event on its way to the fleet.</summary>
/// <param name="Seq">Names it within this outbox; hand it back to <see cref="EventOutbox.Acknowledge"/>.</param>
/// <param name="Topic">Where it goes.</param>
/// <param name="Body">What it says.</param>
/// <param name="AddedAt">When it was queued, on the clock of <see cref="TimeProvider.GetTimestamp"/>.</param>
/// <param name="Class">What it is worth.</param>
/// <param name="Number">Its sequence number within its epoch, as the fleet counts.</param>
internal sealed record OutboxEntry(long Seq, string Topic, byte[] Body, long AddedAt, OutboxClass Class, long Number);

/// <summary>How full the outbox is.</summary>
/// <param name="Waiting">Events that the broker does not have.</param>
/// <param name="Oldest">Age of the oldest of them.</param>
/// <param name="Dropped">Events lost for want of room since the start.</param>
internal readonly record struct OutboxCount(int Waiting, TimeSpan Oldest, long Dropped);
