using System.Globalization;

namespace DriverMonitor.Recording.Report;

/// <summary>A report's time from left to right, and how it is written.</summary>
/// <param name="began">The time of day at zero; null where nobody knew it.</param>
/// <param name="mostTicks">As many times as fit below it.</param>
internal sealed class Axis(TimeSpan from, TimeSpan until, DateTimeOffset? began = null, int mostTicks = 8)
{
    private static readonly double[] Steps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

    private readonly double _length = Math.Max(1, (until - from).TotalSeconds);

    public TimeSpan From => from;
    public TimeSpan Until => until;

    /// <summary>0 at the left edge to 1 at the right.</summary>
    public double Place(TimeSpan at) => Math.Clamp((at - from).TotalSeconds / _length, 0, 1);

    public IEnumerable<TimeSpan> Ticks()
    {
        var step = Array.Find(Steps, one => _length / one <= mostTicks);
        if (step == 0)
            step = Math.Ceiling(_length / mostTicks / 3600) * 3600;
        // On round times of the day, where it is known.
        var shift = began is { } start ? start.TimeOfDay.TotalSeconds : 0;
        for (var at = Math.Ceiling((from.TotalSeconds + shift) / step) * step; at - shift <= until.TotalSeconds; at += step)
            yield return TimeSpan.FromSeconds(at - shift);
    }

    /// <summary>The time of day where it is known, else the time since the beginning.</summary>
    public string Clock(TimeSpan at) =>
        began is { } start ? (start + at).ToString("HH:mm:ss", CultureInfo.InvariantCulture) : Write(at);

    /// <summary>The same without seconds where the time of day is known.</summary>
    public string Hour(TimeSpan at) =>
        began is { } start ? (start + at).ToString("HH:mm", CultureInfo.InvariantCulture) : Write(at);

    /// <summary>What stands below a tick: seconds only where ticks lie closer than a minute.</summary>
    public string Tick(TimeSpan at) => _length > 8 * 60 ? Hour(at) : Clock(at);

    /// <summary>A part of it, with the same clock, half as wide.</summary>
    public Axis Near(TimeSpan start, TimeSpan end) => new(start, end, began, mostTicks: 3);

    /// <summary>How long something took: minutes and seconds, with hours where there are some.</summary>
    public static string Length(TimeSpan lasted) => new Axis(TimeSpan.Zero, lasted).Write(lasted);

    /// <summary>Minutes and seconds, with hours where there are some.</summary>
    public string Write(TimeSpan at) => until >= TimeSpan.FromHours(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalHours}:{at:mm\\:ss}")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalMinutes}:{at:ss}");
}
