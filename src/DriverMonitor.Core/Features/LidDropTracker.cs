using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>
/// Lids that came down and stay down, where the light hides how far. In the dark and in noise the mesh draws shut eyes half
/// open (0.20 to 0.22 of 0.27 at a thirtieth of the light): the fall is as plain as ever, but "shut" is never reached.
/// </summary>
/// <remarks>
/// In good light lids that droop or squint do no more. But behind the dark frame of glasses shut lids flutter between 0.05 and
/// 0.45, and no closure lasts: lids that went shut and are hardly open in half a second's median have not come up.
/// </remarks>
public sealed class LidDropTracker
{
    // Clips at a twentieth and a thirtieth of the light: shut eyes stay below 0.60 of the open ones, open ones above 0.85.
    private const double Down = 0.65, Up = 0.75;

    // By day, on a portrait with a drawn frame: shut eyes have a median of 0.15 to 0.33; who squints has 0.4 and is never shut.
    // One picture with open eyes ends it.
    private const double DownByDay = 0.35, UpByDay = 0.4, Shut = 0.2, Open = 0.5;

    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(1);

    /// <summary>Seen for so long, the open eye is known well enough to miss it.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromSeconds(2);

    /// <summary>Doubtful evidence is asked for half a second more of itself.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(0.5);

    private readonly DecayingHistogram _usual = new(0, 1.25, 125, TimeSpan.FromMinutes(1));
    private readonly MedianWindow _now = new(TimeSpan.FromSeconds(0.5));
    private TimeSpan _learned;
    private TimeSpan? _since, _shutAt;

    /// <summary>How long the lids have been down for certain; zero while they are not.</summary>
    public TimeSpan For(TimeSpan at) => _since is { } since && at - since > Doubt ? at - since - Doubt : TimeSpan.Zero;

    /// <param name="openness">Of both eyes, 0..1.2.</param>
    /// <param name="isDim">The light is such, or lenses are, that shut lids may look half open.</param>
    /// <param name="lasting">How long this picture speaks.</param>
    public void Update(TimeSpan at, double openness, bool isDim, TimeSpan lasting)
    {
        _now.Add(at, openness);
        var now = _now.Median!.Value;
        var usual = _usual.Quantile(0.5);
        if (openness < Shut * usual) _shutAt = at;
        var mayBe = isDim || openness < Open * usual && (_since is not null || WereShut(at));
        var isDown = _learned >= Known && mayBe && now < Limit(isDim) * usual;
        // The median turns once half of its window is down.
        _since = isDown ? _since ?? at - _now.Covered / 2 : null;
        if (isDown) return;
        _usual.Add(openness, lasting);
        _learned += lasting;
    }

    private bool WereShut(TimeSpan at) => _shutAt is { } shut && CheckedTime.IsWithin(Lately, shut, at);

    private double Limit(bool isDim) => isDim ? _since is null ? Down : Up : _since is null ? DownByDay : UpByDay;

    /// <summary>The eyes were not seen, or the driver looks down: nothing more is known of the lids.</summary>
    public void UpdateMissing()
    {
        (_since, _shutAt) = (null, null);
        _now.Reset();
    }
}
