using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// Whether the speed that the vehicle claims can be true. Whoever writes "0" to a gateway's topic would silence every alarm, so
/// a claim that satellites or pictures contradict counts as unknown, and is judged as driving.
/// </summary>
/// <remarks>
/// Satellites: wheels and satellites differ by worn tyres (3 %) and by the receiver's lag (one to two seconds; braking hard, some
/// 25 km/h), so only a difference that lasts is one. Pictures: out of a vehicle that rolls, something moves in the windows in
/// every second; who walks by is gone within two, a lorry within three, and then it is calm. So it takes twenty seconds without
/// a pause of two to doubt a standing vehicle, and ten calm ones to believe it again: a driver who moves, people who pass and
/// wipers that stop do not keep it "driving" for good. Judgement; figures of the background from the clips.
/// </remarks>
public sealed class SpeedPlausibility
{
    /// <summary>Share of the background that changes from one picture to the next; still clips stay below a third of it.</summary>
    public const double MovingShare = 0.03;

    private const double ApartKmh = 15, ApartShare = 0.25;

    // Faster than a satellite receiver's jitter, and than anybody is towed aside.
    private const double StandingKmh = 5;

    private static readonly TimeSpan ApartFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AgreeFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MovesFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CalmFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CalmWithoutSatellites = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(3);

    private VehicleReading? _said;
    private TimeSpan _saidAt;
    private TimeSpan? _apartSince;
    private TimeSpan? _agreeSince;
    private TimeSpan? _movesSince;
    private TimeSpan? _calmSince;
    private TimeSpan _measuredAt;
    private bool _byOtherSource;
    private bool _byPictures;

    /// <summary>What the vehicle says of its speed and ignition is not to be believed.</summary>
    public bool IsDoubtful => _byOtherSource || _byPictures;

    /// <param name="vehicle">What it says; null for nothing new.</param>
    /// <param name="background">Share of the background that moved in the last second; null where that was not measured.</param>
    public void Step(TimeSpan at, VehicleReading? vehicle, double? background)
    {
        if (vehicle is not null) (_said, _saidAt) = (vehicle, at);
        CompareSources(at);
        ComparePictures(at, background);
    }

    /// <summary>After a jump of the clock nobody knows for how long anything has lasted.</summary>
    public void Reset() => (_said, _apartSince, _agreeSince, _movesSince, _calmSince, _byOtherSource, _byPictures) =
        (null, null, null, null, null, false, false);

    private void CompareSources(TimeSpan at)
    {
        // A source that fell silent contradicts nobody, and takes nothing back: a tunnel must not make "0" true.
        if (_said is not { SatelliteKmh: { } satellite } said || at - _saidAt > Stale || Claimed(said) is not { } claimed)
        {
            (_apartSince, _agreeSince) = (null, null);
            if (at - _calmSince >= CalmWithoutSatellites) _byOtherSource = false;
            return;
        }

        var isApart = Math.Abs(claimed - satellite) > Math.Max(ApartKmh, ApartShare * Math.Max(claimed, satellite));
        _apartSince = isApart ? _apartSince ?? at : null;
        _agreeSince = isApart ? null : _agreeSince ?? at;
        if (at - _apartSince >= ApartFor) _byOtherSource = true;
        if (at - _agreeSince >= AgreeFor) _byOtherSource = false;
    }

    private void ComparePictures(TimeSpan at, double? background)
    {
        if (background is >= 0 and <= 1)
        {
            _measuredAt = at;
            if (background >= MovingShare) (_movesSince, _calmSince) = (_movesSince ?? at, null);
            else _calmSince ??= at;
        }
        else if (at - _measuredAt > Stale)
        {
            // Nobody looks: nothing is known to move, and nothing to be calm.
            (_movesSince, _calmSince) = (null, null);
        }

        if (at - _calmSince >= LongestPause) _movesSince = null;
        var claimsStanding = _said is { } said && Claimed(said) < StandingKmh;
        if (!claimsStanding || at - _calmSince >= CalmFor) _byPictures = false;
        else if (_calmSince is null && at - _movesSince >= MovesFor) _byPictures = true;
    }

    /// <summary>A vehicle that is switched off says by it that it stands.</summary>
    private static double? Claimed(in VehicleReading said) => said.IsOff ? 0 : said.SpeedKmh is >= 0 and < 1000 ? said.SpeedKmh : null;
}
