using DriverMonitor.Core.Events;

namespace DriverMonitor.Recording.Report;

/// <summary>One drive of a month, as a row of its report.</summary>
/// <param name="Began">By the vehicle's clock.</param>
/// <param name="Lasted">What is left of the recording.</param>
/// <param name="Verdict">What one wants to know first.</param>
/// <param name="Alerts">How many reached each level, by <see cref="AlertLevel"/>.</param>
/// <param name="Sleeps">Microsleeps and sleep.</param>
/// <param name="Perclos">Mean, 0..1; null where the eyes were not judged.</param>
/// <param name="RestingPulse">A tenth of the drive's seconds were calmer; null without a strap.</param>
internal sealed record MonthDrive(
    DateTimeOffset Began, TimeSpan Lasted, string Verdict, IReadOnlyList<int> Alerts, int Sleeps, double? Perclos,
    double? RestingPulse)
{
    public int Highest => Enumerable.Range(0, Alerts.Count).LastOrDefault(level => Alerts[level] > 0);

    public int AlertCount => Alerts.Sum();

    /// <param name="recordedAt">When the recording began, for a drive that never knew the time.</param>
    public static MonthDrive Of(ReportLog log, DateTimeOffset recordedAt, ReportWords words)
    {
        var began = log.Began?.Local ?? recordedAt;
        var from = log.From == TimeSpan.MaxValue ? TimeSpan.Zero : log.From;
        var axis = new Axis(from, log.Until, began);
        var perclos = log.Seconds.Select(second => second.Perclos).OfType<double>().ToList();
        var pulses = log.Seconds.Select(second => second.Pulse).OfType<double>().Order().ToList();
        return new(
            began + from, log.Until - from, ReportVerdict.Sentence(log, words, axis),
            [.. Enum.GetValues<AlertLevel>().Select(level => log.Episodes.Count(episode => episode.Highest == level))],
            log.Events.Count(happened => happened is MonitorEvent.Eyelids { Kind: >= ClosureKind.Microsleep }),
            perclos.Count == 0 ? null : perclos.Average(), pulses.Count == 0 ? null : pulses[pulses.Count / 10]);
    }
}
