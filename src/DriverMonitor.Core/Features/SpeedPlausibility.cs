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
/// wipers that stop do not keep it "driving" for good. Seconds at a walking pace count a sixth, so a claim of 6 km/h without end
/// is doubted after two minutes, and one that alternates with 0 sooner: who creeps in a queue stops now and then, and all is
/// calm.
/// Seconds of slowing down before a stop do not add up, for five at a speed take them back. Judgement; figures of the background
/// from the clips.
/// </remarks>
public sealed class SpeedPlausibility
{
    /// <summary>
    /// Share of the background that changes from one picture to the next; still clips stay below a third of it.
    /// </summary>
    public const double MovingShare = 0.03;

    private const double ApartKmh = 15, ApartShare = 0.25;

    // Faster than a satellite receiver's jitter, and than anybody is towed aside.
    private const double StandingKmh = 5;

    // Up to here hardly anything is warned of; nobody drives so slowly for minutes without a stop.
    private const double WalkingKmh = 10;
    private const int WalkingCounts = 6;

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
    private TimeSpan? _calmSince;
    private TimeSpan? _fastSince;
    private TimeSpan _movedFor;
    private TimeSpan? _steppedAt;
    private bool _moves;
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
    public void Reset() =>
        (_said, _apartSince, _agreeSince, _calmSince, _fastSince, _movedFor, _moves, _byOtherSource, _byPictures) = (
            null, null, null, null, null, default, false, false, false);

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
        var moved = _moves;
        FollowBackground(at, background);
        var claimed = _said is { } said ? Claimed(said) : null;
        _fastSince = claimed is null or >= WalkingKmh ? _fastSince ?? at : null;
        // An unknown speed is judged as a fast one, and so contradicts nothing.
        if (at - _calmSince >= LongestPause || at - _fastSince >= AgreeFor)
            _movedFor = default;
        else if (moved && _moves && claimed < WalkingKmh)
            _movedFor += SinceLastStep(at) / (claimed < StandingKmh ? 1 : WalkingCounts);
        _steppedAt = at;
        if (at - _fastSince >= AgreeFor || at - _calmSince >= CalmFor) _byPictures = false;
        else if (_movedFor >= MovesFor) _byPictures = true;
    }

    private void FollowBackground(TimeSpan at, double? background)
    {
        if (background is >= 0 and <= 1)
        {
            (_measuredAt, _moves) = (at, background >= MovingShare);
            _calmSince = _moves ? null : _calmSince ?? at;
        }
        else if (at - _measuredAt > Stale)
        {
            // Nobody looks: nothing is known to move, and nothing to be calm.
            (_moves, _calmSince) = (false, null);
        }
    }

    /// <summary>After a gap nobody knows what moved in it.</summary>
    private TimeSpan SinceLastStep(TimeSpan at) =>
        at - _steppedAt is { } gap && gap >= TimeSpan.Zero && gap <= Stale ? gap : default;

    /// <summary>A vehicle that is switched off says by it that it stands.</summary>
    private static double? Claimed(in VehicleReading said) =>
        said.IsOff ? 0
        : said.SpeedKmh is >= 0 and < 1000 ? said.SpeedKmh
        : null;
}
