using DriverMonitor.Camera;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Evaluation.Labels;
using DriverMonitor.Vision;

namespace DriverMonitor.Evaluation;

/// <summary>
/// Drawn drives that need no data: the portrait blinks, sleeps, yawns and looks away by a script, which is the label. It shows
/// that the whole way from picture to alert works, and nothing about people.
/// </summary>
internal static class BuiltInSet
{
    /// <param name="isShort">One drive of half a minute with a little of everything.</param>
    public static EvaluationSet Make(bool isShort = false) =>
        new(
            "built-in scripted portrait",
            isShort ? [Item("short", Short)] : [.. Drives().Select(drive => Item(drive.Name, drive.Script)), Recorded()],
            IsSynthetic: true);

    /// <summary>
    /// The short drive as it was recorded once: what is found in it changes with the judgement, never with a network.
    /// </summary>
    public static EvaluationItem Recorded()
    {
        var drawn = Item("recorded", Short);
        return drawn with { Kind = InputKind.Recording, Path = Path.Combine(drawn.Path, "drive.recording"), Scripted = null };
    }

    private static PortraitScript Short
    {
        get
        {
            var blinks = new[] { 1, 2, 3.2, 9.5, 10.2, 11, 15.5, 16.3, 21, 21.8 }
                .Select(at => Line(at, 0.25, PortraitMove.Blink, 0));
            PortraitLine[] rest =
                [Line(5, 4, PortraitMove.Yawn, 0), Line(12, 2.2, PortraitMove.EyesShut, 0), Line(17, 3.8, PortraitMove.Turn, 34)];
            return new(TimeSpan.FromSeconds(23), [.. blinks, .. rest]);
        }
    }

    /// <summary>A drive with the labels that its script means.</summary>
    public static EvaluationItem Item(string name, PortraitScript script, PortraitLook? look = null) => new()
    {
        Name = name,
        Kind = InputKind.Scripted,
        Path = Path.Combine(ModelStore.DefaultFolder(), "portrait"),
        Subject = "portrait",
        SpeedKmh = 80,
        Scripted = script,
        Look = look,
        Spelt = [.. script.Lines.Select(Label)],
        Covers = new HashSet<LabelClass> { LabelClass.Closure, LabelClass.Yawn, LabelClass.LookAway },
    };

    /// <summary>From half way in to half way out, as events are measured.</summary>
    private static RawLabel Label(PortraitLine line)
    {
        var (into, outOf) = PortraitScript.Ramp(line.Move);
        var word = line.Move switch
        {
            PortraitMove.Blink or PortraitMove.EyesShut => "closure",
            PortraitMove.Yawn => "yawn",
            _ => "look_away",
        };
        return new(word, line.At.TotalSeconds + into / 2, line.Until.TotalSeconds - outOf / 2, IsInPictures: false);
    }

    private static IEnumerable<(string Name, PortraitScript Script)> Drives()
    {
        yield return ("demo", PortraitScript.Demo);
        yield return ("sleeper", PortraitScript.Sleepy(4));
        yield return ("glances", Every(6, 8, (at, i) => Line(at, 4.2, PortraitMove.Turn, i % 2 == 0 ? 34 : -34)));
        yield return ("short glances", Every(6, 4, (at, i) => Line(at, 1.3, PortraitMove.Turn, i % 2 == 0 ? 30 : -30)));
        yield return ("yawns", Every(9, 5, (at, _) => Line(at, 4, PortraitMove.Yawn, 0)));
        yield return ("attentive", Every(60, 1, (at, _) => Line(at, 0.25, PortraitMove.Blink, 0)));
    }

    /// <summary>One thing again and again, with a blink between.</summary>
    private static PortraitScript Every(double seconds, int times, Func<double, int, PortraitLine> make) => new(
        TimeSpan.FromSeconds(4 + seconds * times),
        [
            Line(1, 0.25, PortraitMove.Blink, 0),
            Line(2, 0.25, PortraitMove.Blink, 0),
            .. Enumerable.Range(0, times).SelectMany(i =>
                new[] { make(3.5 + seconds * i, i), Line(3 + seconds * (i + 1), 0.25, PortraitMove.Blink, 0) }),
        ]);

    private static PortraitLine Line(double at, double lasts, PortraitMove move, double degrees) =>
        new(TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(lasts), move, degrees);
}
