namespace DriverMonitor.Outbox;

/// <summary>What one class of events may take, and how long it is worth keeping. The numbers are engineering judgement.</summary>
/// <param name="Rows">Most events on disk.</param>
/// <param name="Bytes">Most bytes of their bodies.</param>
/// <param name="Expiry">Not worth sending after this.</param>
/// <param name="Keep">Kept after the broker took it, for a fleet that confirms; zero to let it go at once.</param>
/// <param name="LeastFree">Not written while the disk has fewer free bytes.</param>
internal sealed record ClassLimit(int Rows, long Bytes, TimeSpan Expiry, TimeSpan Keep, long LeastFree);

/// <summary>Every limit of the outbox; tests use smaller ones.</summary>
internal sealed record OutboxLimits
{
    private const long MiB = 1 << 20;

    /// <summary>Three weeks of 40 alerts an hour.</summary>
    public ClassLimit Alert { get; init; } = new(20_000, 32 * MiB, TimeSpan.FromDays(7), TimeSpan.FromDays(30), LeastFree: 0);

    public ClassLimit Record { get; init; } =
        new(20_000, 32 * MiB, TimeSpan.FromDays(7), TimeSpan.FromDays(7), LeastFree: 256 * MiB);

    public ClassLimit Trace { get; init; } =
        new(int.MaxValue, 64 * MiB, TimeSpan.FromDays(1), TimeSpan.Zero, LeastFree: 512 * MiB);

    /// <summary>Events kept in memory while the disk cannot be written: 0.7 MB.</summary>
    public int Ring { get; init; } = 1_000;

    /// <summary>A file of this size is given up when the disk is full, so that alerts find room.</summary>
    public long Reserve { get; init; } = 64 * MiB;

    public ClassLimit this[OutboxClass cls] => cls switch
    {
        OutboxClass.Alert => Alert,
        OutboxClass.Record => Record,
        OutboxClass.Trace => Trace,
        _ => throw new ArgumentOutOfRangeException(nameof(cls)),
    };
}
