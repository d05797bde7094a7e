namespace DriverMonitor.Core.Events;

/// <summary>Sequence numbers of one epoch, both ends included.</summary>
public readonly record struct SeqRange(long From, long To)
{
    public long Count => To - From + 1;

    public bool Contains(long seq) => From <= seq && seq <= To;
}
