using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Cli;

/// <summary>Counts what happened, for the last lines of a replay.</summary>
internal sealed class DriveTally : IEventSink
{
    private const int MostTimes = 4;

    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TimeSpan>> _times = new(StringComparer.Ordinal);
    private long _frames;
    private long _faces;
    private TimeSpan _until;

    public void Emit(in Observation seen, in Outcome outcome)
    {
        _until = outcome.At;
        if (seen.Face is { } face && face.Sight is not (Sight.NoFrame or Sight.Asleep))
        {
            _frames++;
            if (face.Sight == Sight.Driver) _faces++;
        }

        foreach (var happened in outcome.Events)
        {
            Count(Name(happened));
            if (IsWorthFinding(happened)) Remember(Name(happened), StartOf(happened));
        }
    }

    public override string ToString()
    {
        var face = _frames == 0 ? 0 : 100.0 * _faces / _frames;
        var events =
            _counts.Count == 0 ? "nothing happened" : string.Join(", ", _counts.Select(pair => $"{pair.Value} {pair.Key}{Times(pair.Key)}"));
        return FormattableString.Invariant(
            $"{_frames} pictures, {_until.TotalSeconds:F1} s, driver's face in {face:F0} %: {events}");
    }

    private void Count(string name) => _counts[name] = _counts.GetValueOrDefault(name) + 1;

    private void Remember(string name, TimeSpan at)
    {
        if (!_times.TryGetValue(name, out var times)) _times[name] = times = [];
        if (times.Count <= MostTimes) times.Add(at);
    }

    /// <summary>When it was, for who wants to look there: minutes and seconds from the start.</summary>
    private string Times(string name) => !_times.TryGetValue(name, out var times) ? ""
        : $" (at {string.Join(", ", times.Take(MostTimes).Select(Clock))}{(times.Count > MostTimes ? ", ..." : "")})";

    private static string Clock(TimeSpan at) => FormattableString.Invariant($"{(int)at.TotalMinutes}:{at.Seconds:00}");

    private static bool IsWorthFinding(MonitorEvent happened) =>
        happened is MonitorEvent.Alert { Phase: AlertPhase.Raised } or MonitorEvent.Eyelids { Kind: >= ClosureKind.Microsleep };

    private static TimeSpan StartOf(MonitorEvent happened) =>
        happened is MonitorEvent.Eyelids lids ? lids.StartedAt : happened.At;

    private static string Name(MonitorEvent happened) => happened is MonitorEvent.Alert alert
        ? $"alert {EventNames.Of(alert.Phase)}"
        : EventNames.KindOf(happened).Replace('_', ' ');
}
