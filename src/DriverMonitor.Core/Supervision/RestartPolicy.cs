namespace DriverMonitor.Core.Supervision;

/// <summary>
/// When a part that failed is started again: later each time, and not any more once it failed too often in a while. One that
/// fails now and then is worth starting; one that fails as soon as it runs only takes time from the warning.
/// </summary>
public sealed class RestartPolicy
{
    /// <summary>The failure with which a part is left down.</summary>
    public const int MostFailures = 8;

    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Queue<TimeSpan> _failures = new(MostFailures);

    /// <summary>Notes a failure.</summary>
    /// <param name="at">On a clock that never jumps.</param>
    /// <returns>How long to wait before the next start; null to leave it down.</returns>
    public TimeSpan? Fail(TimeSpan at)
    {
        while (_failures.TryPeek(out var oldest) && at - oldest > Window) _failures.Dequeue();
        _failures.Enqueue(at);
        if (_failures.Count >= MostFailures) return null;
        var wait = Shortest * (1 << (_failures.Count - 1));
        return wait < Longest ? wait : Longest;
    }
}
