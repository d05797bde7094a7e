using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.HeartRate;

/// <summary>A heart from a file, each packet given out when its time has come.</summary>
internal sealed class RecordedHeart : IHeartMonitor
{
    private readonly List<(TimeSpan At, HeartPacket Packet)> _packets;
    private int _next;

    private RecordedHeart(List<(TimeSpan, HeartPacket)> packets) => _packets = packets;

    /// <exception cref="HeartFileException">The file cannot be read, or a line in it cannot.</exception>
    public static RecordedHeart Open(string path) => new(HeartFile.Read(path));

    public bool TryRead(TimeSpan now, out TimeSpan at, out HeartPacket packet)
    {
        (at, packet) = (default, default);
        if (_next == _packets.Count || _packets[_next].At > now) return false;
        (at, packet) = _packets[_next++];
        return true;
    }
}
