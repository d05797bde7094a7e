using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Baselines;

/// <summary>What was learned of one quantity of one person over earlier drives; stored with the driver.</summary>
public sealed record BaselineProfile(double Median, double Spread, double ValidMinutes, int Trips);

/// <summary>
/// One person's normal for one quantity, learned while driving and blended with what earlier drives taught, or with the
/// population until then. One sample every five seconds for an hour; older ones leave. Allocates nothing after construction.
/// </summary>
public sealed class PersonalBaseline
{
    private const int Room = 720;

    // Five minutes of samples move the middle slowly enough to be read twice a minute.
    private const int Settled = 60, SettledPace = 6;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly BaselineSettings _settings;
    private readonly RobustScale? _population;
    private readonly BaselineProfile? _profile;
    private readonly double _floor;
    private readonly TimeSpan _warmAfter;
    private readonly double[] _samples = new double[Room];
    private readonly double[] _scratch = new double[Room];
    private int _next, _count, _sinceRead;
    private TimeSpan? _last;
    private RobustScale _trip;

    /// <param name="settings">Phases and blending.</param>
    /// <param name="population">What is usual in people, with a wide spread; null where people differ too much to say.</param>
    /// <param name="floor">Smallest spread used.</param>
    /// <param name="warmAfter">Valid time that makes a drive's own figures worth something.</param>
    /// <param name="profile">Of earlier drives, if any.</param>
    public PersonalBaseline(
        BaselineSettings settings, RobustScale? population, double floor, TimeSpan warmAfter, BaselineProfile? profile = null)
    {
        _settings = settings;
        _population = population;
        _profile = profile;
        _floor = floor;
        _warmAfter = warmAfter;
        Scale = Blend();
    }

    /// <summary>The person's middle and spread as far as known.</summary>
    public RobustScale Scale { get; private set; }

    /// <summary>Valid time learned from in this drive.</summary>
    public TimeSpan Valid { get; private set; }

    /// <summary>Factor on confidence for how well the person is known.</summary>
    public double Calibration =>
        _profile is { } p && p.Trips >= _settings.TripsForProfile && p.ValidMinutes >= _settings.MinutesForProfile
            ? _settings.PersonalCalibration
        : Valid >= _warmAfter ? _settings.WarmCalibration
        : _settings.ColdCalibration;

    /// <summary>Enough of this person was seen, in this drive or before, to do without other people's normal.</summary>
    public bool IsOwn => _profile is not null || Valid >= _warmAfter;

    /// <summary>Distance from the person's own normal, in spreads.</summary>
    public double Z(double value) => Scale.Z(value, _floor, _settings.LargestZ);

    /// <summary>The same as a cue; a missing value stays missing.</summary>
    public Cue Z(in Cue value) => value.IsPresent ? value with { Value = Z(value.Value!.Value) } : value;

    /// <summary>
    /// Learns a valid value; the caller has asked <see cref="MayLearn"/>. Calls more often than every 5 s only count time.
    /// </summary>
    public void Learn(TimeSpan at, double value)
    {
        if (!double.IsFinite(value)) return;
        var passed = _last is { } last ? at - last : Every;
        if (passed < Every) return;

        Valid += passed < 2 * Every ? passed : Every;
        _last = at;
        _samples[_next] = value;
        _next = (_next + 1) % Room;
        _count = Math.Min(_count + 1, Room);
        if (_count < Settled || ++_sinceRead >= SettledPace) Read();
    }

    /// <summary>The profile as it stands at the end of a drive.</summary>
    public BaselineProfile ToProfile() =>
        new(Scale.Median, Scale.Spread, (_profile?.ValidMinutes ?? 0) + Valid.TotalMinutes, (_profile?.Trips ?? 0) + 1);

    /// <summary>
    /// Whether this second may be taken for normal: learning the illness as health is the one error that hides itself.
    /// </summary>
    public static bool MayLearn(BaselineSettings settings, double fatigue, double stress, bool eventIsOpen, double quality) =>
        fatigue < settings.LearnBelowFatigue && stress < settings.LearnBelowStress
        && !eventIsOpen
        && quality >= settings.LearnFromQuality;

    /// <summary>
    /// Whether what was learned may go into the stored profile: not in the first ten minutes of a shift that begins
    /// between two and six at night, when the driver may be tired from the first minute.
    /// </summary>
    /// <param name="shiftBegan">Local time; null if nobody vouches for the clock.</param>
    /// <param name="sinceThen">Time since the shift began.</param>
    public static bool MayKeep(DateTimeOffset? shiftBegan, TimeSpan sinceThen) =>
        shiftBegan is not { Hour: >= 2 and < 6 } || sinceThen >= TimeSpan.FromMinutes(10);

    private void Read()
    {
        _sinceRead = 0;
        _samples.AsSpan(0, _count).CopyTo(_scratch);
        _trip = RobustScale.OfInPlace(_scratch.AsSpan(0, _count));
        Scale = Blend();
    }

    private RobustScale Blend()
    {
        double n = Valid.TotalMinutes, k = _settings.ProfileWeightMinutes;
        if ((_profile is { } p ? new RobustScale(p.Median, p.Spread) : _population) is not { } before) return _trip;
        if (_count == 0) return before;
        var (median, spread) = before;
        return new((n * _trip.Median + k * median) / (n + k), (n * _trip.Spread + k * spread) / (n + k));
    }
}
