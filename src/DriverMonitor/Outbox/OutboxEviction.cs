namespace DriverMonitor.Outbox;

/// <summary>
/// Which events go when there is no room for all: traces first, alerts last. What goes depends on what lies in the store alone,
/// however many events were written at once.
/// </summary>
internal sealed class OutboxEviction(OutboxLimits limits, Func<long, bool> isSettled)
{
    private static readonly OutboxClass[] LeastWorthFirst = [.. Enum.GetValues<OutboxClass>().Reverse()];

    /// <summary>Deletes what has no room. Says what of it nobody has, step by step.</summary>
    public IEnumerable<OutboxNotification.Gap?> MakeRoom(OutboxStore store)
    {
        foreach (var cls in LeastWorthFirst)
        {
            for (var room = RoomFor(cls, store.Tally); Exceeds(store.Tally[cls], room); room = RoomFor(cls, store.Tally))
            {
                var before = store.Tally;
                yield return store.DropOldest(cls, limits[cls], isSettled);
                if (store.Tally == before) break;
            }
        }
    }

    /// <summary>Deletes what nobody needs any more.</summary>
    public OutboxNotification.Gap? DropExpired(OutboxStore store, OutboxClass cls, DateTimeOffset now) =>
        store.DropExpired(cls, limits[cls], now, isSettled);

    /// <summary>Alerts beyond their own room take that of the records, one for one, and leave none to traces.</summary>
    private (long Rows, long Bytes) RoomFor(OutboxClass cls, StoreCounters tally)
    {
        var (alert, record) = (limits.Alert, limits.Record);
        var (rows, bytes) = (Math.Max(0, tally.Alert.Rows - alert.Rows), Math.Max(0, tally.Alert.Bytes - alert.Bytes));
        return cls switch
        {
            OutboxClass.Alert => (alert.Rows + (long)record.Rows, alert.Bytes + record.Bytes),
            OutboxClass.Record => (Math.Max(0, record.Rows - rows), Math.Max(0, record.Bytes - bytes)),
            _ => rows + bytes > 0 ? (0, 0) : (limits.Trace.Rows, limits.Trace.Bytes),
        };
    }

    private static bool Exceeds(ClassTally held, (long Rows, long Bytes) room) =>
        held.Rows > room.Rows || held.Bytes > room.Bytes;
}
