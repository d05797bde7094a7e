using System.Collections.Immutable;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>One shift's aggregates beside those of earlier shifts; no series is kept.</summary>
internal sealed class ShiftTracker(ImmutableArray<ShiftRecord> earlier)
{
    // Some months of work; older shifts say nothing about today.
    private const int Most = 60;
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1), WorthKeeping = TimeSpan.FromMinutes(10);

    private readonly ShiftStatistics _fatigue = new(), _stress = new(), _anger = new(), _distraction = new();
    private DateOnly? _day;

    public void Second(Scores scores, WallClock? wall)
    {
        if (wall is { Trusted: true } clock) _day ??= DateOnly.FromDateTime(clock.Local.DateTime);
        _fatigue.Add(scores.Fatigue, OneSecond);
        _stress.Add(scores.Stress, OneSecond);
        _anger.Add(scores.Anger, OneSecond);
        _distraction.Add(scores.Distraction, OneSecond);
    }

    public void AddClosure() => _fatigue.AddEvent();

    /// <summary>The earlier shifts, and this one if it was more than a start of the engine.</summary>
    public ImmutableArray<ShiftRecord> ToRecords()
    {
        var fatigue = _fatigue.Figures();
        if (fatigue.Valid < WorthKeeping) return earlier;
        var all = earlier.Add(new(_day, fatigue, _stress.Figures(), _anger.Figures(), _distraction.Figures()));
        return all.Length > Most ? all.RemoveRange(0, all.Length - Most) : all;
    }
}
