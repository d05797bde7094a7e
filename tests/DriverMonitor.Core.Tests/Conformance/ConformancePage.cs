using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace DriverMonitor.Core.Tests.Conformance;

/// <summary>The run as a page of the documentation.</summary>
public static class ConformancePage
{
    public static string Path => System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "..", "..", "CONFORMANCE.md"));

    public static string Of(IReadOnlyList<Finding> findings)
    {
        var page = new StringBuilder();
        page.Append(string.Create(CultureInfo.InvariantCulture, $"""
            # Conformance bench

            Written by a test run; do not edit. `tests/run.sh` fails when this page is not what the run gives;
            `CONFORMANCE_WRITE=1 dotnet test tests/DriverMonitor.Core.Tests --filter Conformance` writes it anew.

            Each rule is a scripted trace of signals (no pictures) through the same pipeline as the product, with its default
            settings: once past the limit, once just below it. Both run in {Variant.Every.Length} variants: 10, 15 and 30 pictures a second,
            each even, with jitter (times off by up to a tenth of the interval), with lost pictures (one in twelve), with repeated
            and late ones, with a wall clock that is set seven hours ahead and a day back, and with all of that; and with the onset on
            a picture and between two. Everything must be said within {TimedRule.Tolerance} s of its limit, and nothing {TimedRule.Tolerance} s below it.
            As in the product, the judgement hears of a tenth of a second without a picture: a timer that runs out where a picture was
            lost speaks then. Only a sum of many glances is held against what could be seen: each picture that was lost just where
            the eyes moved hides up to half an interval, 0.05 s at 10 pictures a second, and so much more is allowed for each of them.

            "Measured" is the earliest and the latest over all variants, in seconds from the required moment; for a rule that names
            a length afterwards it is the error of that length. "Worst at" names the variant that strays
            farthest. For a deadline ("by") sooner is as good.


            """).ReplaceLineEndings("\n"));
        Table(page, "Eyes", findings.Where(f => Rules.Eyes.Contains(f.Rule)));
        Table(page, "Eyes on the road", findings.Where(f => Rules.Road.Contains(f.Rule)));
        Table(page, "The monitor's own senses, standing still, yawns", findings.Where(f => Rules.Senses.Contains(f.Rule)));
        Table(page, "Advice", findings.Where(f => Rules.Advice.Contains(f.Rule)));
        page.Append("""
            ## What this page does not say

            - **The sources were read in summaries.** The figures of Euro NCAP, of Regulations (EU) 2021/1341 and 2023/2590 come from
              secondary texts (test houses' notes, recitals, articles), not from the protocols and annexes themselves. Compare with
              those before claiming conformity anywhere. This product is an aftermarket aid and not type-approved.
            - **It times the judgement, not the camera.** Exposure, networks and the buzzer add to these figures.
            - **It says nothing about recognition.** Whether a shut eye is seen as shut is another question; here the signals are given.
            - **Where we differ.** Stricter: 3.0 s where ADDW asks 3.5 s; every direction off the road, where ADDW times only the area
              about 30 degrees down; shut eyes at any speed above a standstill. Looser: 6 s from 20 to 50 km/h, where Euro NCAP asks
              3-4 s. DDAW and Euro NCAP speak of a rating of sleepiness (KSS 8; above 7) and of the share of drivers found at it, not of
              seconds. Our score stands for KSS 7 at 0.60 and for 8 at 0.85 by judgement only, until it is calibrated on answers
              of drivers. So the times under "Advice" are ours.
            - **Sensitivity.** The limits are settings within narrow ranges, so that a fleet may sharpen them. A protocol that forbids
              any change is met by the defaults, which `Judgement:Strict` locks.

            """.ReplaceLineEndings("\n"));
        return page.ToString();
    }

    private static void Table(StringBuilder page, string title, IEnumerable<Finding> findings)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
        page.Append("| rule | source | before | required | measured, s | worst at | just below | remark |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var found in findings)
        {
            var rule = found.Rule;
            page.Append(CultureInfo.InvariantCulture, $"| {rule.Name} | {rule.Source} | {(rule.Before.Length > 0 ? Speed(rule.Before) : "speed unknown")} | {rule.Required} | {Deviations(found)} | {(rule.Measured == Measured.Silence ? "" : found.Worst)} | {(found.SaidBelow.Count == 0 ? "silent" : $"said in {found.SaidBelow.Count}")} | {rule.Remark} |\n");
        }

        page.Append('\n');
    }

    private static string Speed(string before) => $"{before.Split(' ')[1]} km/h";

    private static string Deviations(Finding found) =>
        found.Rule.Measured == Measured.Silence ? "never"
        : found.Unsaid.Count > 0 ? $"unsaid in {found.Unsaid.Count}"
        : string.Create(CultureInfo.InvariantCulture, $"{found.Earliest:+0.00;-0.00;0.00} to {found.Latest:+0.00;-0.00;0.00}");

    private static string Here([CallerFilePath] string here = "") => System.IO.Path.GetDirectoryName(here)!;
}
