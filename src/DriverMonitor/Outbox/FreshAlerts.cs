namespace DriverMonitor.Outbox;

/// <summary>Alerts of the last minute, which are worth more than an older backlog.</summary>
internal sealed class FreshAlerts(TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    private readonly Queue<(long Seq, long AddedAt)> _alerts = [];

    public bool IsFresh(long addedAt) => time.GetElapsedTime(addedAt) <= Fresh;

    public void Add(long seq, long addedAt) => _alerts.Enqueue((seq, addedAt));

    /// <summary>The first of them, oldest first, that <paramref name="find"/> has.</summary>
    public StoredEvent? First(Func<long, StoredEvent?> find)
    {
        Trim();
        foreach (var (seq, _) in _alerts)
        {
            if (find(seq) is { } found) return found;
        }

        return null;
    }

    public void Trim()
    {
        while (_alerts.TryPeek(out var oldest) && !IsFresh(oldest.AddedAt)) _alerts.Dequeue();
    }

    public void Clear() => _alerts.Clear();
}
