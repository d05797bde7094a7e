using System.Globalization;
using System.Text;
using DriverMonitor.Core.Evaluation;

namespace DriverMonitor.Cli;

/// <summary>A bench's figures in words; the median pass by processor time, for the machine's other work only ever adds.</summary>
internal static class BenchOutput
{
    public static string Text(BenchFigures figures)
    {
        var row = Median(figures);
        var text = new StringBuilder();
        Line(text, "pictures", $"{figures.Pictures} ({figures.Passes.Count} passes, the median one is shown)");
        Line(text, "speed", $"{row.PerSecond:F0} pictures/s; from one to the next {figures.WallP50:F2} ms, 99 of 100 within {figures.WallP99:F2}");
        Line(text, "processor time", $"{row.Cpu:F2} ms a picture");
        Line(text, "  of it decoding", $"{row.DecodeCpu:F2} ms (a pass that only decodes)");
        Line(text, "  without decoding", $"{row.Own:F2} ms = {row.Own / row.Inference:F2} x pure inference");
        if (row is { Original: { } original, OriginalWithoutBlendshapes: { } fewer })
            Line(
                text, "  with decoding",
                $"{row.Cpu / original:F2} x pure inference of the original networks ({original:F2} ms), {row.Cpu / fewer:F2} x without blendshapes' ({fewer:F2} ms)");
        Line(
            text,
            "pure inference",
            $"{row.Inference:F2} ms a picture: mesh {row.Mesh:F2}, blendshapes {row.Blendshapes:F2}, expression {row.Expression:F2}, detector {row.Detector:F2}, hands and phone {row.Torso:F2}");
        Line(
            text, "  over the mesh",
            $"blendshapes {row.Blendshapes / row.Mesh:F2}, expression {row.Expression / row.Mesh:F2}, hands and phone {row.Torso / row.Mesh:F2}");
        Line(text, "managed memory", $"{row.Allocated} bytes a picture on the judging thread");
        Line(text, "memory", $"{figures.ResidentMiB:F0} MiB, at its highest {figures.HighestMiB:F0}");
        Line(text, "start", $"{figures.FirstPictureSeconds:F2} s to the first judged picture; {figures.Compiled} methods compiled meanwhile and since");
        return text.ToString();
    }

    /// <summary>Each stage of a new bench beside an old one, with a verdict that knows noise.</summary>
    public static string Compare(BenchFigures older, BenchFigures newer)
    {
        var text = new StringBuilder();
        if (older.Board != newer.Board || older.Input != newer.Input)
            text.Append("different boards or inputs: only ratios to pure inference say anything\n");
        foreach (var (name, of) in Stages)
        {
            if (older.Passes.Any(pass => of(pass) is not > 0) || newer.Passes.Any(pass => of(pass) is not > 0)) continue;
            var pace = PaceComparison.Of(
                [.. older.Passes.Select(pass => of(pass)!.Value)], [.. newer.Passes.Select(pass => of(pass)!.Value)]);
            var interval = pace.Interval is { } found ? FormattableString.Invariant($" [{found.Lo:F2}, {found.Hi:F2}]") : "";
            Line(text, name, $"{pace.Ratio:F2} x{interval}: {Word(pace.Verdict)}");
        }

        return text.ToString();
    }

    /// <summary>Whether any stage became slower beyond doubt.</summary>
    public static bool IsSlower(BenchFigures older, BenchFigures newer) =>
        older.Board == newer.Board
        && older.Input == newer.Input
        && PaceComparison.Of([.. older.Passes.Select(pass => pass.Cpu)], [.. newer.Passes.Select(pass => pass.Cpu)]).Verdict
            == PaceVerdict.Slower;

    /// <summary>One line for the table of boards in docs/boards.md.</summary>
    public static string Share(BenchFigures figures)
    {
        var row = Median(figures);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {figures.Board} | {figures.Architecture} x {figures.Cores} | {figures.Input} | {row.Cpu:F2} | {row.Inference:F2} | {row.Own / row.Inference:F2} | {row.PerSecond:F0} | {figures.WallP99:F1} | {figures.ResidentMiB:F0} | {figures.FirstPictureSeconds:F2} | {figures.Program} |");
    }

    private static readonly (string Name, Func<BenchPass, double?> Of)[] Stages =
    [
        ("processor time", pass => pass.Cpu), ("decoding", pass => pass.DecodeCpu), ("without decoding", pass => pass.Own),
        ("mesh", pass => pass.Mesh), ("blendshapes", pass => pass.Blendshapes), ("expression", pass => pass.Expression), ("hands and phone", pass => pass.Torso),
        ("own / inference", pass => pass.Own / pass.Inference), ("all / original", pass => pass.Cpu / pass.Original),
    ];

    private static BenchPass Median(BenchFigures figures) =>
        figures.Passes.OrderBy(pass => pass.Cpu).ElementAt(figures.Passes.Count / 2);

    private static string Word(PaceVerdict verdict) => verdict switch
    {
        PaceVerdict.Slower => "SLOWER",
        PaceVerdict.Faster => "faster",
        PaceVerdict.NoDifference => "no difference beyond noise",
        _ => $"too few passes to tell (give --passes {SubjectBootstrap.FewestSubjects} or more, both times)",
    };

    public static void Line(StringBuilder text, string name, FormattableString value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name,-18} {value.ToString(CultureInfo.InvariantCulture)}\n");
}
