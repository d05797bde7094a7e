using DriverMonitor.Core.Events;

namespace DriverMonitor.Camera;

/// <summary>What a move does to the face.</summary>
internal enum PortraitMove { Blink, EyesShut, Yawn, Turn, LookDown }

/// <summary>One line of the script.</summary>
/// <param name="At">When it begins.</param>
/// <param name="Lasts">Until the face is back where it was.</param>
/// <param name="Move">What happens.</param>
/// <param name="Degrees">How far the head goes, for the moves that turn it.</param>
/// <param name="Expected">The event that a monitor must report, as named in event files; null where it may stay silent.</param>
/// <param name="Alert">The alert that must rise meanwhile, at least to this level.</param>
internal sealed record PortraitLine(
    TimeSpan At,
    TimeSpan Lasts,
    PortraitMove Move,
    double Degrees = 0,
    string? Expected = null,
    AlertLevel Alert = AlertLevel.None)
{
    public TimeSpan Until => At + Lasts;
}

/// <summary>A scripted drive: what the face does, when, and what must be said of it. Pure: a time in, a pose out.</summary>
internal sealed class PortraitScript(TimeSpan length, params IReadOnlyList<PortraitLine> lines)
{
    /// <summary>How quickly each move comes and goes; lids close in 70 and open in 140 ms.</summary>
    public static (double In, double Out) Ramp(PortraitMove move) => move switch
    {
        PortraitMove.Blink or PortraitMove.EyesShut => (0.07, 0.14),
        PortraitMove.Yawn => (0.7, 0.6),
        _ => (0.25, 0.25),
    };

    public TimeSpan Length { get; } = length;

    public IReadOnlyList<PortraitLine> Lines { get; } = lines;

    public PortraitPose At(TimeSpan at)
    {
        // Nobody sits like a statue: a slow sway of a degree or two keeps pictures from repeating.
        var t = at.TotalSeconds;
        double eyes = 0, mouth = 0, yaw = 1.5 * Math.Sin(0.7 * t), pitch = Math.Sin(0.45 * t);
        foreach (var line in Lines)
        {
            var share = Share(line, at);
            if (share <= 0) continue;
            switch (line.Move)
            {
                case PortraitMove.Blink or PortraitMove.EyesShut: eyes = Math.Max(eyes, share); break;
                case PortraitMove.Yawn: mouth = Math.Max(mouth, share); break;
                case PortraitMove.Turn: yaw += share * line.Degrees; break;
                case PortraitMove.LookDown: pitch -= share * line.Degrees; break;
            }
        }

        return new(eyes, mouth, yaw, pitch);
    }

    private static double Share(PortraitLine line, TimeSpan at)
    {
        var (into, outOf) = Ramp(line.Move);
        var since = (at - line.At).TotalSeconds;
        var left = (line.Until - at).TotalSeconds;
        if (since <= 0 || left <= 0) return 0;
        var share = Math.Clamp(Math.Min(since / into, left / outOf), 0, 1);
        return share * share * (3 - 2 * share);
    }

    /// <summary>The demo's minute: wide awake, a yawn, glances, a microsleep, sleep, awake again.</summary>
    public static readonly PortraitScript Demo = new(
        Seconds(56),
        Blink(2.5), Blink(6.0), Blink(9.5),
        new(Seconds(11.5), Seconds(4.0), PortraitMove.Yawn, Expected: "yawn"),
        Blink(17.5),
        new(Seconds(19.5), Seconds(1.2), PortraitMove.Turn, Degrees: -30),
        Blink(22.5),
        new(Seconds(25.0), Seconds(4.6), PortraitMove.Turn, Degrees: 32, Expected: "look_away", Alert: AlertLevel.Warning),
        Blink(32.0),
        new(Seconds(35.0), Seconds(2.2), PortraitMove.EyesShut, Expected: "microsleep", Alert: AlertLevel.Warning),
        Blink(40.0),
        new(Seconds(42.5), Seconds(4.2), PortraitMove.EyesShut, Expected: "sleep", Alert: AlertLevel.Alarm),
        Blink(49.5), Blink(53.0));

    /// <summary>Falls asleep this many times, 3.4 s each: two alerts a time, for measuring how soon they are heard.</summary>
    public static PortraitScript Sleepy(int times) =>
        new(
            Seconds(4 + 6.5 * times),
            [
                Blink(1),
                Blink(2),
                .. Enumerable
                    .Range(0, times)
                    .Select(i => new PortraitLine(
                        Seconds(3.5 + 6.5 * i),
                        Seconds(3.4),
                        PortraitMove.EyesShut,
                        Alert: AlertLevel.Alarm)),
            ]);

    private static PortraitLine Blink(double at) => new(Seconds(at), Seconds(0.25), PortraitMove.Blink, Expected: "blink");

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
