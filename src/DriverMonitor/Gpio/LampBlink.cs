using DriverMonitor.Core.Alerts;

namespace DriverMonitor.Gpio;

/// <summary>
/// One lamp for the table's colours: the worse, the faster, at most three flashes a second (more can bring on a fit: WCAG
/// 2.3.1). Nobody watching is a short wink every two seconds.
/// </summary>
internal static class LampBlink
{
    private static (int OnMs, int OffMs) Rhythm(Lamp lamp, bool lost) => lamp switch
    {
        Lamp.Off => lost ? (100, 1900) : (0, 0),
        Lamp.Amber => (1000, 0),
        Lamp.AmberBlinking => (500, 500),
        Lamp.Red => (250, 250),
        Lamp.RedBlinking => (170, 170),
        _ => throw new ArgumentOutOfRangeException(nameof(lamp)),
    };

    /// <summary>Whether it is lit this long after it began to show this, and when that changes; null for never.</summary>
    public static (bool Lit, TimeSpan? ChangesIn) At(Lamp lamp, bool lost, TimeSpan since)
    {
        var (on, off) = Rhythm(lamp, lost);
        if (on == 0 || off == 0) return (on > 0, null);
        var (lit, round) = (TimeSpan.FromMilliseconds(on), TimeSpan.FromMilliseconds(on + off));
        var into = TimeSpan.FromTicks(since.Ticks % round.Ticks);
        return into < lit ? (true, lit - into) : (false, round - into);
    }
}
