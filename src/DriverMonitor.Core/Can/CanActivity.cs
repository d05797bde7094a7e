namespace DriverMonitor.Core.Can;

/// <summary>What has been seen of one identifier, for somebody who looks for a signal.</summary>
public sealed class CanActivity(CanFrameId id)
{
    private TimeSpan _firstAt;
    private TimeSpan _changedAt;

    public CanFrameId Id => id;

    public CanFrame Last { get; private set; }

    public long Count { get; private set; }

    public TimeSpan LastAt { get; private set; }

    /// <summary>Bits that were not always the same.</summary>
    public ulong EverChanged { get; private set; }

    /// <summary>Bits that changed with the last change.</summary>
    public ulong LastChanged { get; private set; }

    /// <summary>Frames in a second, over all the time; null before the second frame.</summary>
    public double? PerSecond => Count > 1 && LastAt > _firstAt ? (Count - 1) / (LastAt - _firstAt).TotalSeconds : null;

    public void Add(TimeSpan at, in CanFrame frame)
    {
        if (Count++ == 0)
        {
            (_firstAt, _changedAt) = (at, at);
        }
        else if (frame.Data != Last.Data)
        {
            (LastChanged, _changedAt) = (frame.Data ^ Last.Data, at);
            EverChanged |= LastChanged;
        }

        (Last, LastAt) = (frame, at);
    }

    /// <summary>Whether a byte changed within the last moment.</summary>
    public bool ChangedOf(int index, TimeSpan now, TimeSpan within) =>
        (byte)(LastChanged >> (8 * index)) != 0 && now - _changedAt <= within;
}
