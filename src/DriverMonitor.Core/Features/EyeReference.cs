namespace DriverMonitor.Core.Features;

/// <summary>
/// One eye's own open and shut, learned while driving, in units of the aspect ratio. No fixed threshold serves:
/// lids are 6 to 14 mm apart from one person to the next.
/// </summary>
/// <remarks>
/// Three things must not happen. A shut eye must not be learned as open: apertures below <see cref="SurelyNotOpen"/>
/// teach nothing, and until something has been learned a typical eye stands in, so that eyes shut from the first
/// picture are judged shut. Drooping lids must not be learned as open: once known, the reference falls slowly, though
/// it may rise at once. And a first blink after half a second must be found: the reference starts with what little
/// there is and settles over the first seconds.
/// </remarks>
/// <param name="stored">The open aperture of an earlier drive: the reference starts there and may fall only slowly.</param>
public sealed class EyeReference(EyeSettings settings, double? stored = null)
{
    // The mesh leaves 0.01 to 0.13 of a fully shut eye, measured on clips and on warped portraits; the narrowest open
    // eye to be served, 6 mm of lid on 30 mm of width, shows about 0.18.
    private const double SurelyNotOpen = 0.15;

    // A typical open eye on this mesh (0.24 to 0.31 measured); judges only until the person's own is there.
    private const double Typical = 0.25;

    // At 15 pictures a second a quick blink's deepest picture is seldom its deepest moment, and long closures go deeper
    // than blinks. A shut reference outside these shares of the open one would put half amplitude out of reach.
    private const double DeepestShut = 0.25;
    private const double ShallowestShut = 0.55;

    private const double EnoughToStart = 0.3;
    private const double EnoughToSettle = 20;
    private const int FewestBlinks = 5;

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    // A settled reference moves too slowly to be read at every picture.
    private static readonly TimeSpan SettledPace = TimeSpan.FromSeconds(0.5);

    private readonly DecayingHistogram _apertures = new(0, 1, 250, Memory);
    private readonly double[] _deepest = new double[9];
    private readonly double[] _sorted = new double[9];
    private int _blinks;
    private double _learnedSeconds = IsAperture(stored) ? EnoughToSettle : 0;
    private TimeSpan _unread;

    /// <summary>The aperture of the open eye.</summary>
    public double Open { get; private set; } = OrTypical(stored);

    /// <summary>The aperture of the shut eye.</summary>
    public double Shut { get; private set; } = OrTypical(stored) * settings.ShutOverOpen;

    /// <summary>Whether open and shut differ enough to be told apart.</summary>
    public bool IsUsable => Open - Shut >= settings.LeastRange;

    /// <summary>The open aperture, once it is worth keeping for the next drive.</summary>
    public double? ToKeep => _learnedSeconds >= EnoughToSettle ? Open : null;

    /// <summary>Seconds of open eye seen, ever; a reference from fewer than 20 is still settling.</summary>
    public double LearnedSeconds => _learnedSeconds;

    /// <summary>0 shut, 1 open, up to 1.2 for eyes torn open.</summary>
    public double Openness(double aperture) => Math.Clamp((aperture - Shut) / (Open - Shut), 0, 1.2);

    /// <summary>Learns from an eye seen straight on.</summary>
    public void Learn(double aperture, TimeSpan lasting)
    {
        if (aperture < SurelyNotOpen) return;
        _apertures.Add(aperture, lasting);
        _learnedSeconds += lasting.TotalSeconds;
        _unread += lasting;
        var settled = _learnedSeconds >= EnoughToSettle;
        if (_learnedSeconds < EnoughToStart || (settled && _unread < SettledPace)) return;

        var seen = _apertures.Quantile(settings.OpenPercentile);
        var slowest = settled ? Open * (1 - settings.OpenFallPerHour * _unread.TotalHours) : 0;
        Open = Math.Max(seen, slowest);
        _unread = TimeSpan.Zero;
        Shut = ShutFromBlinks();
    }

    /// <summary>Learns from a complete blink how deep this eye goes.</summary>
    public void Blinked(double deepestAperture)
    {
        _deepest[_blinks++ % _deepest.Length] = deepestAperture;
        Shut = ShutFromBlinks();
    }

    private static bool IsAperture(double? stored) => stored is >= SurelyNotOpen and < 1;

    private static double OrTypical(double? stored) => IsAperture(stored) ? stored!.Value : Typical;

    private double ShutFromBlinks()
    {
        if (_blinks < FewestBlinks) return settings.ShutOverOpen * Open;
        var count = Math.Min(_blinks, _deepest.Length);
        var sorted = _sorted.AsSpan(0, count);
        _deepest.AsSpan(0, count).CopyTo(sorted);
        sorted.Sort();
        var median = (sorted[count / 2] + sorted[(count - 1) / 2]) / 2;
        return Math.Clamp(median, DeepestShut * Open, ShallowestShut * Open);
    }
}
