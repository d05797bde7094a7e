using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Baselines;

/// <summary>What is stored of a person's heart between drives: middle and spread of three figures, no series.</summary>
public sealed record HeartProfile(BaselineProfile HeartRate, BaselineProfile LnRmssd, BaselineProfile SqrtStressIndex);

/// <summary>One person's heart against that person's own normal: turns each second's figures into cues.</summary>
public sealed class HeartBaseline(BaselineSettings settings, HeartProfile? profile = null)
{
    private readonly PersonalBaseline _rate =
        new(settings, PopulationBaselines.HeartRate, settings.HeartRateFloor, settings.HeartWarmAfter, profile?.HeartRate);

    private readonly PersonalBaseline _lnRmssd =
        new(settings, PopulationBaselines.LnRmssd, settings.LnRmssdFloor, settings.HeartWarmAfter, profile?.LnRmssd);

    private readonly PersonalBaseline _sqrtStressIndex = new(
        settings,
        PopulationBaselines.SqrtStressIndex,
        settings.SqrtStressIndexFloor,
        settings.HeartWarmAfter,
        profile?.SqrtStressIndex);

    private TimeSpan? _first;

    /// <summary>Factor on confidence for how well this heart is known.</summary>
    public double Calibration => _rate.Calibration;

    /// <summary>Valid time learned from in this drive.</summary>
    public TimeSpan Valid => _rate.Valid;

    /// <summary>
    /// Learns a second as normal where <paramref name="may"/> allows; the first minutes after getting in never.
    /// </summary>
    public void Learn(TimeSpan at, in HeartFeatures now, bool may)
    {
        if (now.Source == HeartSource.None) return;
        _first ??= at;
        if (!may || at - _first < settings.SkipFirstOfHeart || now.RateTrust < settings.LearnFromQuality) return;

        if (now.BeatsPerMinute is { } rate) _rate.Learn(at, rate);
        if (now.LnRmssd is { } lnRmssd) _lnRmssd.Learn(at, lnRmssd);
        if (now.SqrtStressIndex is { } index) _sqrtStressIndex.Learn(at, index);
    }

    /// <summary>The rate against the person's own; also what anger asks for.</summary>
    public Cue HeartRateZ(in HeartFeatures now) => _rate.Z(CueOf(now.BeatsPerMinute, now.RateTrust, now.Reason));

    /// <summary>The variability against the person's own.</summary>
    public Cue LnRmssdZ(in HeartFeatures now) => _lnRmssd.Z(CueOf(now.LnRmssd, now.RmssdTrust, now.Reason));

    /// <summary>The stress index against the person's own.</summary>
    public Cue SqrtStressIndexZ(in HeartFeatures now) =>
        _sqrtStressIndex.Z(CueOf(now.Usable ? now.SqrtStressIndex : null, now.StressIndexTrust, now.Reason));

    /// <summary>The heart's small cue for fatigue, over two minutes.</summary>
    public Cue Drowsiness(in HeartFeatures now)
    {
        var reason = now.Reason == HeartReason.None ? HeartReason.TooShort : now.Reason;
        return HrvDrowsiness.Of(_rate.Z(CueOf(now.BeatsPerMinute120, 1, reason)), _lnRmssd.Z(CueOf(now.LnRmssd120, 1, reason)));
    }

    /// <summary>To be stored at the end of a drive, where the driver agreed.</summary>
    public HeartProfile ToProfile() => new(_rate.ToProfile(), _lnRmssd.ToProfile(), _sqrtStressIndex.ToProfile());

    private static Cue CueOf(double? value, double trust, HeartReason reason) =>
        value is null ? Cue.Missing(Why(reason)) : Cue.Of(value, trust);

    private static MissingReason Why(HeartReason reason) => reason switch
    {
        HeartReason.NoLink or HeartReason.StrapOff => MissingReason.NoStrap,
        HeartReason.RateOnly or HeartReason.Frozen => MissingReason.RateOnly,
        HeartReason.TooShort or HeartReason.FewBeats => MissingReason.WindowTooShort,
        HeartReason.TooManyGaps => MissingReason.HeartNotClean,
        HeartReason.IrregularRhythm => MissingReason.IrregularRhythm,
        _ => MissingReason.NotMeasured,
    };
}
