using System.Globalization;

namespace DriverMonitor.Recording.Report;

/// <summary>A report's time from left to right, and how it is written.</summary>
internal sealed class Axis(TimeSpan from, TimeSpan until)
{
    private static readonly double[] Steps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
    private const int MostTicks = 8;

    private readonly double _length = Math.Max(1, (until - from).TotalSeconds);

    public TimeSpan From => from;
    public TimeSpan Until => until;

    /// <summary>0 at the left edge to 1 at the right.</summary>
    public double Place(TimeSpan at) => Math.Clamp((at - from).TotalSeconds / _length, 0, 1);

    public IEnumerable<TimeSpan> Ticks()
    {
        var step = Array.Find(Steps, one => _length / one <= MostTicks);
        if (step == 0)
            step = Math.Ceiling(_length / MostTicks / 3600) * 3600;
        for (var at = Math.Ceiling(from.TotalSeconds / step) * step; at <= until.TotalSeconds; at += step)
            yield return TimeSpan.FromSeconds(at);
    }

    /// <summary>Minutes and seconds, with hours where there are some.</summary>
    public string Write(TimeSpan at) => until >= TimeSpan.FromHours(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalHours}:{at:mm\\:ss}")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalMinutes}:{at:ss}");
}
