using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// The driver's fatigue, second by second: the formula smoothed, held through short losses of sight, given up after long
/// ones, and never below what an event demands. Allocates nothing after construction.
/// </summary>
public sealed class FatigueAssessment
{
    private readonly FatigueSettings _settings;
    private readonly FatigueFormula _formula;
    private readonly EventFloors _floors;
    private readonly LevelHysteresis _ladder;
    private double _logOdds;
    private TimeSpan? _last;
    private TimeSpan _lastObserved;

    public FatigueAssessment(FatigueSettings settings)
    {
        _settings = settings;
        _formula = new(settings);
        _floors = new(settings);
        _ladder = new(settings.Watch, settings.Warn, settings.Critical);
        _logOdds = _formula.Base;
    }

    /// <summary>Why the last score is what it is; its total is the log-odds of P.</summary>
    public Explanation Why { get; } = new();

    /// <summary>Notes that the eyes were shut for a second and more; once a closure.</summary>
    public void AddMicrosleep(TimeSpan at, TimeSpan closed) => _floors.AddMicrosleep(at, closed);

    /// <summary>Notes that they were shut for three seconds and more.</summary>
    public void AddSleep(TimeSpan at, TimeSpan closed) => _floors.AddSleep(at, closed);

    /// <summary>Forgets the driver.</summary>
    public void Reset()
    {
        _logOdds = _formula.Base;
        _last = null;
        _floors.Reset();
        _ladder.Reset();
    }

    /// <summary>Judges one second.</summary>
    /// <param name="at">Time since the start.</param>
    /// <param name="cues">What is known now.</param>
    /// <param name="calibration">How well the person is known, 0..1; see <see cref="BaselineSettings"/>.</param>
    /// <param name="slowSpeech">See <see cref="FatigueFormula"/>.</param>
    /// <param name="co2Ppm">Carbon dioxide of the cab's air; null when unknown.</param>
    public StateScore Step(
        TimeSpan at, in FatigueCues cues, double calibration, in Cue slowSpeech = default, double? co2Ppm = null)
    {
        var raw = _formula.Evaluate(in cues, Why, in slowSpeech, co2Ppm);
        var passed = _last is { } last && at > last ? at - last : TimeSpan.Zero;
        if (_last is null || raw.IsObserved) _lastObserved = at;
        _last = at;

        var unseen = at - _lastObserved;
        var lost = unseen - _settings.FreezeAfter;
        if (raw.IsObserved)
            _logOdds = LogOdds.Approach(_logOdds, raw.LogOdds, passed, _settings.Rise, _settings.Fall);
        else if (lost > _settings.FreezeFor)
            _logOdds = LogOdds.Approach(_logOdds, raw.LogOdds, passed, _settings.Drift, _settings.Drift);

        double seen = lost > TimeSpan.Zero ? Math.Max(0, 1 - lost / _settings.FreezeFor) : 1;
        double confidence = Math.Clamp(raw.Coverage * calibration * seen, 0, 1);
        double floor = _floors.At(at), free = LogOdds.ToProbability(_logOdds), p = Math.Max(free, floor);
        Explain(free, floor);

        var level = _ladder.Step(at, p, confidence);
        return new(p, confidence,
            Math.Max(floor, LogOdds.ToProbability(_logOdds + raw.Below)),
            Math.Max(floor, LogOdds.ToProbability(_logOdds + raw.Above)),
            unseen > _settings.UnknownAfter ? StateLevel.Unknown : level);
    }

    private void Explain(double free, double floor)
    {
        Why.Remainder("recent_past", _logOdds);
        if (floor > free)
            Why.Add(new("eyes_closed", _floors.Closed.TotalSeconds, "s", null, 1, 0, 1, LogOdds.Of(floor) - _logOdds));
        Why.Settle();
    }
}
