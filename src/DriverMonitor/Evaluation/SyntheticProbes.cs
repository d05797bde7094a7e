using System.Globalization;
using DriverMonitor.Camera;

namespace DriverMonitor.Evaluation;

/// <summary>
/// Drawn drivers who differ in one thing each: skin, lids, glasses, beard, age. They find what depends on how a face looks and
/// need no persons; they prove nothing about people.
/// </summary>
internal static class SyntheticProbes
{
    public const string Reference = "as drawn";

    // Light that skin of the six Fitzpatrick types throws back, relative to the portrait's (about type II): engineering judgement
    // after published reflectances of 0.65 (I) to 0.15 (VI).
    private static readonly (string Type, double Reflectance)[] Skins =
        [("I", 1.12), ("II", 1.0), ("III", 0.86), ("IV", 0.69), ("V", 0.48), ("VI", 0.26)];

    // The portrait's open eye shows 9 mm of 30 mm of lid; people have 6 to 14 (see EyeReference).
    private const double DrawnLidsMm = 9;

    private static readonly double[] LidsMm = [6, 7, 8, 9, 11, 14];

    /// <summary>Every probe by its group and value.</summary>
    public static EvaluationSet Make() => Make(All());

    /// <param name="probes">The ones to draw.</param>
    public static EvaluationSet Make(IEnumerable<(string Group, string Value, PortraitLook Look)> probes) => new(
        "synthetic probes",
        [
            .. probes.Select(probe => BuiltInSet.Item($"{probe.Group} {probe.Value}", Drive, probe.Look) with
            {
                Groups = new Dictionary<string, string> { [probe.Group] = probe.Value },
            }),
        ],
        IsSynthetic: true);

    public static IEnumerable<(string Group, string Value, PortraitLook Look)> All()
    {
        foreach (var (type, reflectance) in Skins) yield return ("skin", type, new(SkinReflectance: reflectance));
        foreach (var mm in LidsMm)
            yield return ("lids", string.Create(CultureInfo.InvariantCulture, $"{mm} mm"), new(LidAperture: mm / DrawnLidsMm));
        yield return ("wears", Reference, new());
        yield return ("wears", "glasses", new(HasGlasses: true));
        yield return ("wears", "beard", new(HasBeard: true));
        yield return ("age", Reference, new());
        yield return ("age", "wrinkles", new(HasWrinkles: true));
    }

    /// <summary>Ten blinks and two closures in 24 s: enough for a share of each probe.</summary>
    private static readonly PortraitScript Drive = new(
        TimeSpan.FromSeconds(24),
        [
            .. new[] { 2, 3.2, 4.5, 5.9, 11.5, 12.8, 14.1, 20, 21.3, 22.6 }.Select(at => Line(at, 0.25, PortraitMove.Blink)),
            Line(7.5, 2.6, PortraitMove.EyesShut), Line(16, 2.6, PortraitMove.EyesShut),
        ]);

    private static PortraitLine Line(double at, double lasts, PortraitMove move) =>
        new(TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(lasts), move);
}
