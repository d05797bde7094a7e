using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.HeartRate;

/// <summary>The last minutes' packets by their own time, so that one that comes late finds its place.</summary>
internal sealed class PacketReorderBuffer
{
    private readonly (TimeSpan At, HeartPacket Packet)[] _packets = new (TimeSpan, HeartPacket)[512];
    private int _count;
    private TimeSpan? _droppedUntil;

    /// <summary>Oldest first.</summary>
    public ReadOnlySpan<(TimeSpan At, HeartPacket Packet)> Packets => _packets.AsSpan(0, _count);

    /// <summary>Where the packet now stands, counted from the newest; null when it is as old as what was dropped.</summary>
    public int? Put(TimeSpan at, in HeartPacket packet)
    {
        if (_count == _packets.Length) DropOldest(_packets.Length / 2);
        var place = _count;
        while (place > 0 && _packets[place - 1].At > at) place--;
        // Where nothing was dropped yet the line of beats begins with the oldest packet, whenever it comes.
        if (place == 0 && at <= _droppedUntil) return null;
        Array.Copy(_packets, place, _packets, place + 1, _count - place);
        _packets[place] = (at, packet);
        return _count++ - place;
    }

    private void DropOldest(int count)
    {
        _droppedUntil = _packets[count - 1].At;
        Array.Copy(_packets, count, _packets, 0, _count - count);
        _count -= count;
    }
}
