namespace DriverMonitor.Core.HeartRate;

/// <summary>How fast the sensor's energy counter runs, over spans of a minute. The counter may be reset and saturates.</summary>
public sealed class EnergyRate
{
    private const int Saturated = ushort.MaxValue;
    private static readonly TimeSpan OverAtLeast = TimeSpan.FromMinutes(1);

    private (TimeSpan At, int Kilojoules)? _since;

    /// <summary>Kilojoules per minute over the last full span; null before the first and after a reset.</summary>
    public double? PerMinute { get; private set; }

    public void Add(TimeSpan at, int? kilojoules)
    {
        if (kilojoules is not { } now) return;
        if (now >= Saturated || _since is not { } since || now < since.Kilojoules)
        {
            PerMinute = null;
            _since = now >= Saturated ? null : (at, now);
            return;
        }

        var span = at - since.At;
        if (span < OverAtLeast) return;
        PerMinute = (now - since.Kilojoules) / span.TotalMinutes;
        _since = (at, now);
    }
}
