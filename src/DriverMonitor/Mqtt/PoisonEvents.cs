namespace DriverMonitor.Mqtt;

/// <summary>
/// Finds the event that ends each connection, where the broker does not say why it closes (a size limit it never named, a filter
/// on the way). Pure: it takes what was on its way at each loss. A network that breaks often looks the same for a while, so what
/// is found is not thrown away: it waits, and the others go out.
/// </summary>
internal sealed class PoisonEvents
{
    /// <summary>Losses with the same event first on its way, before events are sent one at a time.</summary>
    private const int LossesToSuspect = 3;

    /// <summary>Losses with that event alone on its way, before it is held back.</summary>
    private const int LossesAlone = 2;

    /// <summary>A broker that closes on a packet does so at once.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan HoldFor = TimeSpan.FromMinutes(5);

    private readonly Dictionary<long, TimeSpan> _held = [];
    private long? _first;
    private int _losses;
    private int _alone;

    /// <summary>Whether events must go one at a time, because one of them is suspected.</summary>
    public bool IsSuspicious => _losses >= LossesToSuspect;

    /// <summary>Whether this one waits.</summary>
    public bool Holds(long seq, TimeSpan now) => _held.TryGetValue(seq, out var until) && now < until;

    /// <summary>The broker took one.</summary>
    public void Acknowledged(long seq)
    {
        _held.Remove(seq);
        if (_first == seq) (_first, _losses, _alone) = (null, 0, 0);
    }

    /// <summary>The broker closed the connection.</summary>
    /// <param name="first">The first event without an answer; null where none was on its way.</param>
    /// <param name="count">How many there were.</param>
    /// <param name="since">Since that one was sent.</param>
    /// <returns>Whether the event is held back from now on.</returns>
    public bool Lost(long? first, int count, TimeSpan since, TimeSpan now)
    {
        if (first is not { } seq || since > AtOnce)
        {
            (_first, _losses, _alone) = (null, 0, 0);
            return false;
        }

        if (_first != seq) (_first, _losses, _alone) = (seq, 0, 0);
        if (IsSuspicious && count == 1) _alone++;
        _losses++;
        if (_alone < LossesAlone) return false;
        _held[seq] = now + HoldFor;
        (_first, _losses, _alone) = (null, 0, 0);
        return true;
    }
}
