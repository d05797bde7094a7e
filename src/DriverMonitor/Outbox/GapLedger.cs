using DriverMonitor.Core.Events;

namespace DriverMonitor.Outbox;

/// <summary>
/// One row tells what was lost of a class for one reason, and grows as long as nobody was sent it: a queue that is full must not
/// fill with the news of what it dropped. What was sent stays as it is, and the next loss begins another row.
/// </summary>
internal sealed class GapLedger(PendingEvents pending, Func<OutboxNotification.Gap, StoreRow> write)
{
    /// <summary>An answer to a fleet that asked, and one event that was set aside, speak for themselves.</summary>
    private static readonly string[] Growing = ["quota", "expired", "space"];

    private readonly Dictionary<(OutboxClass Class, string Reason), Standing> _standing = [];
    private readonly List<Standing> _written = [];

    public static bool Grows(OutboxNotification.Gap gap) => Growing.Contains(gap.Reason);

    /// <summary>Writes a loss within the store's transaction: into the row that tells of its kind, or into a new one.</summary>
    public void Write(StoreStatements rows, ulong epoch, OutboxNotification.Gap lost)
    {
        if (Find(epoch, lost) is { } standing)
        {
            var both = Merge(standing.Gap, lost);
            if (rows.Rewrite(standing.Seq, write(both)))
            {
                _written.Add(standing with { Gap = both });
                return;
            }
        }

        _written.Add(new(epoch, rows.Insert(write(lost)), lost));
    }

    /// <summary>The transaction is over.</summary>
    public void Complete(bool isCommitted)
    {
        if (isCommitted) foreach (var one in _written) _standing[(one.Gap.Class, one.Gap.Reason)] = one;
        _written.Clear();
        pending.ReleaseHeld();
    }

    /// <summary>From here on the link does not take this row, until the transaction is over.</summary>
    private Standing? Find(ulong epoch, OutboxNotification.Gap lost) =>
        _standing.TryGetValue((lost.Class, lost.Reason), out var one) && one.Epoch == epoch && pending.TryHold(one.Seq)
            ? one : null;

    private static OutboxNotification.Gap Merge(OutboxNotification.Gap a, OutboxNotification.Gap b) => a with
    {
        Within = new(Math.Min(a.Within.From, b.Within.From), Math.Max(a.Within.To, b.Within.To)), Count = a.Count + b.Count,
    };

    private sealed record Standing(ulong Epoch, long Seq, OutboxNotification.Gap Gap);
}
