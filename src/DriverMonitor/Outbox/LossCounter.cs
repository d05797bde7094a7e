using DriverMonitor.Core.Events;

namespace DriverMonitor.Outbox;

/// <summary>
/// Adds up lost events until the fleet can be told: the span of their numbers and how many, so that a long outage takes no room.
/// </summary>
internal sealed class LossCounter
{
    private readonly SortedDictionary<(OutboxClass Class, string Reason), (SeqRange Within, long Count)> _lost = [];

    public bool Any => _lost.Count > 0;

    public void Add(OutboxClass cls, string reason, SeqRange range, long count)
    {
        var seen = _lost.GetValueOrDefault((cls, reason), (range, 0));
        _lost[(cls, reason)] = (
            new(Math.Min(seen.Within.From, range.From), Math.Max(seen.Within.To, range.To)), seen.Count + count);
    }

    /// <summary>All of it, once.</summary>
    public IReadOnlyList<OutboxNotification.Gap> Take()
    {
        if (!Any)
            return [];
        List<OutboxNotification.Gap> gaps =
        [
            .. _lost.Select(lost => new OutboxNotification.Gap(
                lost.Key.Class,
                lost.Key.Reason,
                lost.Value.Within,
                lost.Value.Count)),
        ];
        _lost.Clear();
        return gaps;
    }
}
