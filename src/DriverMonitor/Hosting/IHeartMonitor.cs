using DriverMonitor.Core.Signals;

namespace DriverMonitor.Hosting;

/// <summary>A source of heart packets; asked before every picture, so it must answer at once from what it has.</summary>
internal interface IHeartMonitor
{
    /// <summary>The next packet that arrived up to <paramref name="now"/>, oldest first.</summary>
    bool TryRead(TimeSpan now, out TimeSpan at, out HeartPacket packet);
}
