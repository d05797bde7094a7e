using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>What a minute of gaze says about a mind elsewhere; the caller gives it only above 60 km/h and straight on.</summary>
/// <param name="GazeSpreadZ">Horizontal spread against the person's own: falls.</param>
/// <param name="RoadCentreZ">Share of gaze at the road's centre: rises.</param>
/// <param name="MirrorsAreRare">Fewer mirror glances a minute than in nine of ten of the person's minutes.</param>
/// <param name="BlinkRateZ">Against the person's own: rises.</param>
public readonly record struct DaydreamCues(Cue GazeSpreadZ, Cue RoadCentreZ, bool MirrorsAreRare, Cue BlinkRateZ);

/// <summary>
/// Experimental and silent: gaze narrows when the mind wanders (He 2009, 2011), and also when one is tired, so any sign
/// of fatigue owns the message. All numbers are engineering judgement.
/// </summary>
public sealed class DaydreamAssessment
{
    private const double Cap = 0.75, MostConfidence = 0.4, ShowFrom = 0.5, HideFromFatigue = 0.35;
    private static readonly double Base = LogOdds.Of(0.10);
    private static readonly TimeSpan ShowAfter = TimeSpan.FromSeconds(20);

    private TimeSpan? _since;

    /// <summary>The bare formula: 0..2.4 of signs, to a score.</summary>
    public static double Score(in DaydreamCues cues)
    {
        double signs =
            0.9 * Half(-Of(cues.GazeSpreadZ))
            + 0.6 * Half(Of(cues.RoadCentreZ))
            + (cues.MirrorsAreRare ? 0.5 : 0)
            + 0.4 * Half(Of(cues.BlinkRateZ));
        return LogOdds.ToProbability(Base + 1.6 * (signs - 0.3));
    }

    /// <summary>Judges one second.</summary>
    /// <param name="at">Time since the start.</param>
    /// <param name="cues">Null while they cannot be had.</param>
    /// <param name="fatigue">The fatigue score now, 0..1.</param>
    public StateScore Step(TimeSpan at, DaydreamCues? cues, double fatigue)
    {
        if (cues is not { } seen || !seen.GazeSpreadZ.IsPresent)
        {
            _since = null;
            return new(LogOdds.ToProbability(Base), 0, 0, Cap, StateLevel.None, MissingReason.NotMeasured);
        }

        double p = Math.Min(Cap, Score(in seen));
        _since = p >= ShowFrom ? _since ?? at : null;
        bool shown = _since is { } since && at - since >= ShowAfter && fatigue < HideFromFatigue;
        double quality = Math.Min(seen.GazeSpreadZ.Belief, seen.RoadCentreZ.IsPresent ? seen.RoadCentreZ.Belief : 0.5);
        return new(p, MostConfidence * quality, 0, Math.Max(p, Cap), shown ? StateLevel.Watch : StateLevel.None);
    }

    /// <summary>Forgets the driver.</summary>
    public void Reset() => _since = null;

    private static double Of(in Cue cue) => cue.IsPresent ? cue.Value!.Value : 0;

    private static double Half(double z) => Math.Clamp(z / 2, 0, 1);
}
