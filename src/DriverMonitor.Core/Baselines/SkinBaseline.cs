using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Baselines;

/// <summary>
/// One person's skin conductance against that person's own normal. People differ by a factor of ten, so there is no norm of
/// others to begin with: until the person is known, from this drive or earlier ones, the skin says nothing.
/// </summary>
public sealed class SkinBaseline(BaselineSettings settings, BaselineProfile? tonic = null, BaselineProfile? responses = null)
{
    private const double OneAlone = 0.5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly PersonalBaseline _tonic = new(settings, null, settings.SkinConductanceFloor, settings.HeartWarmAfter, tonic);
    private readonly PersonalBaseline _responses = new(
        settings, null, settings.SkinResponsesFloor, settings.HeartWarmAfter, responses);
    private TimeSpan? _first;

    /// <summary>Level and responses, as far as this drive taught them.</summary>
    public (PersonalBaseline Tonic, PersonalBaseline Responses) Norms => (_tonic, _responses);

    /// <summary>Learns a second as normal; the first minutes after getting in never, as of the heart.</summary>
    public void Learn(TimeSpan at, in SkinFeatures now)
    {
        if (now.Tonic is not { } tonic) return;
        _first ??= at;
        if (at - _first < settings.SkipFirstOfHeart || Share(now.Seen) < settings.LearnFromQuality) return;
        _tonic.Learn(at, tonic);
        if (now.ResponsesPerMinute is { } responses) _responses.Learn(at, responses);
    }

    /// <summary>Mean of both against the person's own; one alone is half believed.</summary>
    public Cue Z(in SkinFeatures now)
    {
        if (now.Tonic is null) return Cue.Missing(MissingReason.NoSkinSensor);
        var tonic = Z(_tonic, now.Tonic);
        var responses = Z(_responses, now.ResponsesPerMinute);
        if (tonic is null && responses is null) return Cue.Missing(MissingReason.NoBaseline);
        var both = tonic is not null && responses is not null;
        var z = both ? (tonic!.Value + responses!.Value) / 2 : tonic ?? responses;
        return Cue.Of(z, Share(now.Seen) * (both ? 1 : OneAlone))
            .Aged((now.Silence ?? TimeSpan.Zero) - Patience, HalfLives.SkinConductance);
    }

    private static double? Z(PersonalBaseline norm, double? value) => value is { } v && norm.IsOwn ? norm.Z(v) : null;

    /// <summary>Half of the minute seen is nothing, eight tenths are all of it.</summary>
    private static double Share(double seen) => Math.Clamp((seen - 0.5) / 0.3, 0, 1);
}
