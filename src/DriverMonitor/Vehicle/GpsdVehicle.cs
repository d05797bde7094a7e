using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Vehicle;

/// <summary>
/// Speed from a satellite receiver behind gpsd: give its reports to <see cref="Handle"/>, on any thread. Without a fix and
/// after three seconds of silence the speed is unknown.
/// </summary>
/// <param name="keepsPosition">Whether the position may be known here at all.</param>
internal sealed class GpsdVehicle(TimeProvider time, bool keepsPosition) : IVehicle
{
    /// <summary>Of several receivers the one in use is kept while it has a fix at least this often.</summary>
    private static readonly TimeSpan Loyal = TimeSpan.FromSeconds(3);

    private readonly LatestReading _newest = new(time);
    private string? _device;
    private long _fixedAt;

    public VehicleReading? Read(TimeSpan at) => _newest.Take();

    /// <summary>Takes what a receiver knows. False if another receiver is in use.</summary>
    public bool Handle(GpsdReport report)
    {
        var isOther = _device is not null && report.Device != _device;
        if (isOther && time.GetElapsedTime(_fixedAt) < Loyal) return false;
        // A receiver that has a fix and never a speed must not keep the one away that has both.
        if (report.IsHalf)
            return !isOther;
        if (report.HasFix)
            (_device, _fixedAt) = (report.Device, time.GetTimestamp());
        _newest.Set(
            new(
                report.SpeedKmh,
                Position: keepsPosition
                && report
                    is { HasFix: true, Latitude: >= -90 and <= 90 and var north, Longitude: >= -180 and <= 180 and var east }
                    ? new(north, east)
                    : null));
        return true;
    }
}
