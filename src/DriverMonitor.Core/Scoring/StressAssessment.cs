using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// The driver's arousal, second by second. While it cannot be attributed to the mind the score stands still with no
/// confidence. Allocates nothing after construction.
/// </summary>
public sealed class StressAssessment
{
    private readonly StressSettings _settings;
    private readonly StressFormula _formula;
    private readonly LevelHysteresis _ladder;
    private double _logOdds;
    private TimeSpan? _last;

    public StressAssessment(StressSettings settings)
    {
        _settings = settings;
        _formula = new(settings);
        _ladder = new(settings.Elevated, settings.High);
        _logOdds = _formula.Base;
    }

    /// <summary>Why the last score is what it is; its total is the log-odds of P.</summary>
    public Explanation Why { get; } = new();

    /// <summary>Forgets the driver.</summary>
    public void Reset()
    {
        _logOdds = _formula.Base;
        _last = null;
        _ladder.Reset();
    }

    /// <summary>Judges one second.</summary>
    /// <param name="at">Time since the start.</param>
    /// <param name="cues">What is known now.</param>
    /// <param name="calibration">How well the person's heart is known, 0..1.</param>
    /// <param name="exerted">What <see cref="ExertionGate"/> says.</param>
    public StateScore Step(TimeSpan at, in StressCues cues, double calibration, bool exerted)
    {
        var raw = _formula.Evaluate(in cues, Why);
        var passed = _last is { } last && at > last ? at - last : TimeSpan.Zero;
        _last = at;
        bool frozen = exerted || !raw.IsObserved;
        if (!frozen) _logOdds = LogOdds.Approach(_logOdds, raw.LogOdds, passed, _settings.Rise, _settings.Fall);

        bool rateOnly = StressFormula.TierOf(in cues) == StressTier.RateOnly;
        double free = LogOdds.ToProbability(_logOdds), p = rateOnly ? Math.Min(free, _settings.RateOnlyCap) : free;
        Why.Remainder("recent_past", _logOdds);
        if (p < free) Why.Remainder("cap", LogOdds.Of(p));
        Why.Settle();

        double confidence = frozen ? 0 : Math.Clamp(raw.Coverage * calibration, 0, 1);
        return new(p, confidence,
            Math.Min(p, LogOdds.ToProbability(_logOdds + raw.Below)),
            LogOdds.ToProbability(_logOdds + raw.Above),
            _ladder.Step(at, p, confidence),
            exerted ? MissingReason.ArousalNotAttributable : raw.IsObserved ? MissingReason.None : MissingReason.NoStrap);
    }
}
