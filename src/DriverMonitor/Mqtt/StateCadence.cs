namespace DriverMonitor.Mqtt;

/// <summary>
/// Decides when the state is told: every 30 s give or take a fifth, so that a fleet's states spread out, and soon
/// after a change, but never twice within 5 s.
/// </summary>
/// <param name="random">0..1, even.</param>
internal sealed class StateCadence(Func<double> random)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    private TimeSpan? _told;
    private TimeSpan _next;

    /// <summary>Whether to tell it now, and if not, how long to wait at most before asking again.</summary>
    public (bool Tell, TimeSpan Wait) Step(TimeSpan now, bool changed)
    {
        var due = _told is not { } told ? now : changed ? Earlier(told + Apart, _next) : _next;
        if (now < due) return (false, due - now);

        _told = now;
        _next = now + Every * (0.8 + 0.4 * random());
        return (true, Apart);
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
