using System.Globalization;

namespace DriverMonitor.Fleet.Tests.Load;

/// <summary>Durations in milliseconds as many tasks measure them.</summary>
internal sealed class Percentiles(string name)
{
    private readonly List<double> _all = [];

    public int Count
    {
        get
        {
            lock (_all) return _all.Count;
        }
    }

    public void Add(double milliseconds)
    {
        lock (_all) _all.Add(milliseconds);
    }

    /// <param name="share">0 to 1; 0 where nothing was measured.</param>
    public double At(double share)
    {
        lock (_all)
        {
            if (_all.Count == 0) return 0;
            var sorted = _all.Order().ToList();
            return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{name}: median {At(0.5):0} ms, p95 {At(0.95):0}, p99 {At(0.99):0}, most {At(1):0}, of {Count}");
}
