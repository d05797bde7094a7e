using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>
/// The driver's anger: faces as they come, judged once a second. Only an episode, several seconds of it, is ever shown.
/// Allocates nothing after construction.
/// </summary>
public sealed class AngerAssessment
{
    private readonly AngerSettings _settings;
    private readonly AngerFormula _formula;
    private readonly FaceHistory _faces;
    private readonly AngerEpisode _episode;
    private double _logOdds;
    private TimeSpan? _last;

    public AngerAssessment(AngerSettings settings)
    {
        _settings = settings;
        _formula = new(settings);
        _faces = new(settings.FaceMedian);
        _episode = new(settings);
        _logOdds = _formula.Base;
    }

    /// <summary>Why the last score is what it is; its total is the log-odds of P.</summary>
    public Explanation Why { get; } = new();

    /// <summary>Takes a picture's face; pictures without one are simply not told.</summary>
    public void Observe(TimeSpan at, in AngerFace face)
    {
        if (face.Units is not null || face.AngryProbability is not null)
            _faces.Add(at, AngerEvidence.Of(_settings.Face, in face));
    }

    /// <summary>Forgets the driver.</summary>
    public void Reset()
    {
        _logOdds = _formula.Base;
        _last = null;
        _faces.Reset();
        _episode.Reset();
    }

    /// <summary>Judges one second.</summary>
    /// <param name="at">Time since the start.</param>
    /// <param name="heartRateZ">Against the person's own.</param>
    /// <param name="fatigue">The fatigue score now, 0..1: tired eyes squint.</param>
    /// <param name="calibration">How well the person's face is known, 0..1.</param>
    /// <param name="voice">A raised voice, 0..1.</param>
    public StateScore Step(TimeSpan at, Cue heartRateZ, double fatigue, double calibration, in Cue voice = default)
    {
        var raw = _formula.Evaluate(_faces.Median(at), heartRateZ, fatigue, Why, in voice);
        var passed = _last is { } last && at > last ? at - last : TimeSpan.Zero;
        _last = at;

        bool gone = !raw.IsObserved && at - _faces.Newest > _settings.HoldFace;
        if (raw.IsObserved || gone) _logOdds = LogOdds.Approach(_logOdds, raw.LogOdds, passed, _settings.Rise, _settings.Fall);
        double free = LogOdds.ToProbability(_logOdds);
        double p = heartRateZ.IsPresent ? free : Math.Min(free, _settings.CapWithoutHeart);
        Why.Remainder("recent_past", _logOdds);
        if (p < free) Why.Remainder("cap", LogOdds.Of(p));
        Why.Settle();

        if (gone) _episode.Reset();
        bool angry = !gone && _episode.Step(at, passed, p);
        return new(p, Math.Clamp(raw.Coverage * calibration, 0, 1),
            Math.Min(p, LogOdds.ToProbability(_logOdds + raw.Below)),
            LogOdds.ToProbability(_logOdds + raw.Above),
            angry ? StateLevel.Watch : StateLevel.None,
            raw.IsObserved ? MissingReason.None : MissingReason.NoFace);
    }
}
