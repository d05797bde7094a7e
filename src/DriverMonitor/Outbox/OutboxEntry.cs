namespace DriverMonitor.Outbox;

/// <summary>One event on its way to the fleet.</summary>
/// <param name="Seq">Its place in the order, from 1 within the epoch.</param>
/// <param name="Topic">Where it goes.</param>
/// <param name="Body">What it says.</param>
/// <param name="AddedAt">When it was queued, on the clock of <see cref="TimeProvider.GetTimestamp"/>.</param>
internal sealed record OutboxEntry(long Seq, string Topic, byte[] Body, long AddedAt);
