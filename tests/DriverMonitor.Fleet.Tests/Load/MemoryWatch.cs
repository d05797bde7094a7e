using System.Globalization;

namespace DriverMonitor.Fleet.Tests.Load;

/// <summary>Resident memory of a process, asked every two seconds.</summary>
internal sealed class MemoryWatch(int process)
{
    private readonly List<long> _kilobytes = [];

    /// <summary>Mean of the last fifth over the mean of the second: the first is starting.</summary>
    public double Growth => Mean(4) / Mean(1);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var line = File.ReadLines($"/proc/{process}/status").First(one => one.StartsWith("VmRSS", StringComparison.Ordinal));
            _kilobytes.Add(long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
            await Task.Delay(TimeSpan.FromSeconds(2), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"memory of the receiver: {Mean(1) / 1024:0} MB in the second fifth, {Mean(4) / 1024:0} MB in the last ({Growth:0.00}), at most {_kilobytes.Max() / 1024} MB");

    private double Mean(int fifth) => _kilobytes.Skip(_kilobytes.Count * fifth / 5).Take(Math.Max(1, _kilobytes.Count / 5)).Average();
}
