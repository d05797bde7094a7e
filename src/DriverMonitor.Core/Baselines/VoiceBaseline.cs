using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Voice;

namespace DriverMonitor.Core.Baselines;

/// <summary>What is stored of a person's voice between drives: middles and spreads, and nothing to know it by.</summary>
public sealed record VoiceProfile(
    BaselineProfile? Pitch,
    BaselineProfile? PitchSpread,
    BaselineProfile? SyllableRate,
    BaselineProfile? PauseShare,
    BaselineProfile? Level,
    BaselineProfile? Tilt);

/// <summary>
/// One person's voice against that person's own normal. Voices differ too much for a norm of others: until a minute of the
/// person's own speech was learned, in this drive or before, the voice says nothing. One-sided, as the pulse: a slower, flatter
/// voice is a sign of tiredness and a livelier one is no sign of rest; a raised voice may be arousal and a low one is no calm.
/// </summary>
public sealed class VoiceBaseline
{
    // Smallest spreads used as one z: what one speaker varies by from minute to minute. Judgement.
    private const double PitchFloor = 0.7, PitchSpreadFloor = 0.4, RateFloor = 0.4, PauseFloor = 0.05;
    private const double LevelFloor = 2, TiltFloor = 1.5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), HalfLife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);

    private readonly PersonalBaseline _pitch, _pitchSpread, _rate, _pause, _level, _tilt;

    public VoiceBaseline(BaselineSettings settings, VoiceProfile? profile = null)
    {
        _pitch = Own(PitchFloor, profile?.Pitch);
        _pitchSpread = Own(PitchSpreadFloor, profile?.PitchSpread);
        _rate = Own(RateFloor, profile?.SyllableRate);
        _pause = Own(PauseFloor, profile?.PauseShare);
        _level = Own(LevelFloor, profile?.Level);
        _tilt = Own(TiltFloor, profile?.Tilt);

        PersonalBaseline Own(double floor, BaselineProfile? known) => new(settings, null, floor, Enough, known);
    }

    /// <summary>Learns a second as normal.</summary>
    /// <param name="withEffort">Also what only arousal is judged by.</param>
    public void Learn(TimeSpan at, in VoiceFeatures now, bool withEffort)
    {
        if (now.Silence > Patience) return;
        Learn(_pitchSpread, at, now.Lasting.PitchSpreadSemitones);
        Learn(_rate, at, now.Lasting.SyllablesPerSecond);
        Learn(_pause, at, now.Lasting.PauseShare);
        if (!withEffort) return;
        Learn(_pitch, at, now.Recent.PitchSemitones);
        Learn(_level, at, now.Recent.LevelDb);
        Learn(_tilt, at, now.Recent.TiltDb);
    }

    /// <summary>
    /// Slow, flat and long-paused speech, in z: after a night without sleep people speak more slowly, with longer pauses and less
    /// melody (Harrison and Horne 1997; Vogel, Fletcher and Maruff 2010; Krajewski 2009). Never below 0.
    /// </summary>
    public Cue Slowing(in VoiceFeatures now)
    {
        if (now.Microphone is null) return default;
        if (Z(_rate, now.Lasting.SyllablesPerSecond) is not { } rate || Z(_pause, now.Lasting.PauseShare) is not { } pause
            || Z(_pitchSpread, now.Lasting.PitchSpreadSemitones) is not { } spread)
            return Cue.Missing(MissingReason.NoBaseline);
        return Aged(Cue.Of((Math.Max(0, -rate) + Math.Max(0, -spread) + Math.Max(0, pause)) / 3), now);
    }

    /// <summary>
    /// A raised voice, 0..1: pitch most, then level, rate and a flatter spectrum (Scherer 2003; Giddens 2013 finds pitch the one
    /// consistent sign of stress). A louder road raises voices too (Lombard 1911): the level is taken over the noise, which errs
    /// towards calm.
    /// </summary>
    public Cue Arousal(in VoiceFeatures now)
    {
        if (now.Microphone is null) return default;
        if (Z(_pitch, now.Recent.PitchSemitones) is not { } pitch || Z(_level, now.Recent.LevelDb) is not { } level)
            return Cue.Missing(MissingReason.NoBaseline);
        var raised = 0.4 * Math.Max(0, pitch) + 0.3 * Math.Max(0, level) + 0.15 * Math.Max(0, Z(_tilt, now.Recent.TiltDb) ?? 0)
            + 0.15 * Math.Max(0, Z(_rate, now.Recent.SyllablesPerSecond) ?? 0);
        return Aged(Cue.Of(Math.Min(1, raised / 3)), now);
    }

    /// <summary>What may be kept; a figure hardly heard in this drive stays as it was.</summary>
    public VoiceProfile? ToProfile(VoiceProfile? before)
    {
        var now = new VoiceProfile(
            Kept(_pitch, before?.Pitch), Kept(_pitchSpread, before?.PitchSpread), Kept(_rate, before?.SyllableRate),
            Kept(_pause, before?.PauseShare), Kept(_level, before?.Level), Kept(_tilt, before?.Tilt));
        return now == new VoiceProfile(null, null, null, null, null, null) ? null : now;
    }

    private static BaselineProfile? Kept(PersonalBaseline norm, BaselineProfile? before) =>
        norm.Valid >= Enough ? norm.ToProfile() : before;

    private static void Learn(PersonalBaseline norm, TimeSpan at, double? value)
    {
        if (value is { } known) norm.Learn(at, known);
    }

    private static double? Z(PersonalBaseline norm, double? value) => value is { } v && norm.IsOwn ? norm.Z(v) : null;

    private static Cue Aged(Cue cue, in VoiceFeatures now) => cue.Aged(now.Silence - Patience, HalfLife);
}
