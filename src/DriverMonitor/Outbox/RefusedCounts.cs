namespace DriverMonitor.Outbox;

/// <summary>How many events of each class found no room; counted from any thread.</summary>
internal sealed class RefusedCounts
{
    private static readonly OutboxClass[] Classes = Enum.GetValues<OutboxClass>();

    private readonly long[] _counts = new long[Classes.Length];

    public void Add(OutboxClass cls) => Interlocked.Increment(ref _counts[(int)cls]);

    /// <summary>The classes that have any; they stay counted until <see cref="Subtract"/>.</summary>
    public List<(OutboxClass Class, long Count)> Read() =>
        [.. Classes.Select(cls => (cls, Volatile.Read(ref _counts[(int)cls]))).Where(refused => refused.Item2 > 0)];

    public void Subtract(IEnumerable<(OutboxClass Class, long Count)> written)
    {
        foreach (var (cls, count) in written) Interlocked.Add(ref _counts[(int)cls], -count);
    }

    /// <summary>The same as <see cref="Read"/>, and nothing stays counted.</summary>
    public List<(OutboxClass Class, long Count)> Take() =>
        [.. Classes.Select(cls => (cls, Interlocked.Exchange(ref _counts[(int)cls], 0))).Where(refused => refused.Item2 > 0)];
}
