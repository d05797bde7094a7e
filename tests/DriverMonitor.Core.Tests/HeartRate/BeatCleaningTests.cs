using System.Text.Json;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Tests.Vectors;
using Xunit.Abstractions;

namespace DriverMonitor.Core.Tests.HeartRate;

public class BeatCleaningTests(ITestOutputHelper output)
{
    public static TheoryData<string> Artefacts() =>
        [.. Vector.Cases.GetProperty("artefacts").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Artefacts))]
    public void The_detector_labels_and_the_cleaned_figures_are_exact(string name)
    {
        var vector = Vector
            .Cases.GetProperty("artefacts")
            .EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == name);
        var beats = Series.Beats(vector.GetProperty("rr").Numbers());
        var labels = new BeatLabel[beats.Length];
        new ArtefactDetector(new(), beats.Length).Label(beats, labels);

        var found = labels
            .Select((label, i) => (i, label))
            .Where(l => l.label != BeatLabel.Normal)
            .ToDictionary(l => $"{l.i}", l => Short(l.label));
        Assert.Equal(vector.GetProperty("labels").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!), found);

        // All three ways drop the same beats here: every flag, the confirmed flags, the 20 % rule.
        double expected = vector.Number("rmssdGapAware")!.Value;
        Assert.Equal(expected, Rmssd(beats, [.. labels.Select(l => l == BeatLabel.Normal)]), 0.005);
        Assert.Equal(expected, Rmssd(beats, Clean(beats)), 0.005);
        Assert.Equal(expected, Rmssd(beats, [.. beats.Select(b => b.KeptByRule)]), 0.005);
        Assert.Equal(vector.Number("rmssdRaw")!.Value, Series.Measure([.. beats.Select(b => b.RrMs)]).RmssdMs!.Value, 0.005);
    }

    /// <summary>
    /// The cases that NeuroKit (MIT) tests its own reading of the paper with; it counts peaks, we count the intervals before
    /// them.
    /// </summary>
    [Theory]
    [InlineData("misaligned_x2")]
    [InlineData("misaligned_x4")]
    [InlineData("misaligned_x8")]
    [InlineData("missed")]
    [InlineData("extra")]
    public void Another_reading_of_the_paper_finds_the_same_beats(string name)
    {
        if (SharedData.Json("heart/lt2019/neurokit_lt2019_cases.json", output) is not { } file) return;
        var made = file.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
        double[] peaks = made.GetProperty("peaks").Numbers();
        var beats = Series.Beats([.. peaks.Zip(peaks.Skip(1), (before, after) => after - before)]);
        var labels = new BeatLabel[beats.Length];
        new ArtefactDetector(new(), beats.Length).Label(beats, labels);

        foreach (
            var (word, label) in new[]
            {
                ("ectopic", BeatLabel.Ectopic),
                ("missed", BeatLabel.Missed),
                ("extra", BeatLabel.Extra),
                ("longshort", BeatLabel.LongOrShort),
            }
        )
        {
            int[] found = [.. labels.Select((l, i) => (l, Peak: i + 1)).Where(f => f.l == label).Select(f => f.Peak)];
            Assert.Equal(made.GetProperty("expected_artifacts").GetProperty(word).Numbers().Select(n => (int)n), found);
        }
    }

    [Fact]
    public void The_20_percent_rule_rejects_the_outliers_of_a_plain_list()
    {
        var rule = new TwentyPercentRule(new() { ShortestRrMs = 0 });
        double[] values = [100, 110, 100, 130, 100, 100, 70, 100, 120, 100];
        int[] rejected = [.. values.Select((v, i) => (i, kept: rule.Keep(v))).Where(v => !v.kept).Select(v => v.i)];
        Assert.Equal([3, 6], rejected);
    }

    [Fact]
    public void A_wrong_first_beat_locks_the_rule_for_five_beats_only()
    {
        var rule = new TwentyPercentRule(new());
        bool[] kept = [.. new double[] { 1900, 800, 810, 790, 800, 805, 800, 810 }.Select(rule.Keep)];
        Assert.Equal([true, false, false, false, false, false, true, true], kept);
    }

    [Fact]
    public void A_cut_in_the_line_is_no_difference()
    {
        var beats = Series.Beats(Series.Waves(120));
        for (int i = 70; i < beats.Length; i++) beats[i] = beats[i] with { Segment = 1, RrMs = beats[i].RrMs - 300 };
        var labels = new BeatLabel[beats.Length];
        new ArtefactDetector(new(), beats.Length).Label(beats, labels);

        Assert.All(labels, label => Assert.Equal(BeatLabel.Normal, label));
        Assert.Equal(beats.Length - 2, HeartVariability.Of(beats, [.. beats.Select(_ => true)]).Pairs);
    }

    [Theory]
    [InlineData("heart/pyhrv/SampleNNISeriesLong.json")]
    [InlineData("heart/pyhrv/SampleNNISeriesShort.json")]
    [InlineData("heart/rhenan-hrv/rest_rri.txt")]
    public void Cleaning_leaves_a_healthy_heart_whole(string path)
    {
        if (SharedData.Find(path, output) is null)
            return;
        double[] rr = path.EndsWith(".json", StringComparison.Ordinal)
            ? SharedData.Json(path, output)!.Value.Numbers()
            : SharedData.Lines(path, output)!;
        var summary = Series.Summary(rr);
        Near(summary.Raw.RmssdMs!.Value, summary.Cleaned.RmssdMs!.Value, 0.05, path);
    }

    [Fact]
    public void Cleaning_finds_the_clean_figure_again_under_made_artefacts()
    {
        if (SharedData.Json("heart/rr-artefacts-derived/rr_artefact_cases.json", output) is not { } file) return;
        foreach (var made in file.GetProperty("cases").EnumerateArray())
        {
            var summary = Series.Summary(made.GetProperty("rr_ms").Numbers());
            Near(
                made.Number("clean_rmssd")!.Value,
                summary.Cleaned.RmssdMs!.Value,
                0.10,
                $"{made.GetProperty("kind")} {made.GetProperty("fraction")}");
        }
    }

    [Theory]
    [InlineData("heart/mitdb/100_rr.csv", "N")]
    [InlineData("heart/nsr2db-clifford/nsr001_rr_fs125_first125min.csv", "1")]
    [InlineData("heart/nsr2db-clifford/nsr004_rr_fs125_first125min.csv", "1")]
    public void Cleaning_agrees_with_beats_labelled_by_hand(string path, string normal)
    {
        if (SharedData.Rows(path, output) is not { } rows) return;
        double[] rr = [.. rows.Select(r => double.Parse(r[1], System.Globalization.CultureInfo.InvariantCulture))];
        bool[] good = [.. rows.Select((r, i) => r[2] == normal && (normal == "1" || i == 0 || rows[i - 1][2] == normal))];
        Near(Rmssd(Series.Beats(rr), good), Series.Summary(rr).Cleaned.RmssdMs!.Value, 0.10, path);
    }

    [Fact]
    public void Impossible_intervals_never_count()
    {
        if (SharedData.Lines("heart/rhenan-hrv/real_rri.txt", output) is not { } rr) return;
        var beats = Series.Beats(rr);
        bool[] kept = Clean(beats);
        Assert.Contains(0, rr);
        Assert.All(beats.Where((_, i) => kept[i]), b => Assert.InRange(b.RrMs, 300, 2000));
    }

    private void Near(double expected, double actual, double share, string what)
    {
        output.WriteLine($"{what}: {expected:F2} -> {actual:F2} ms, {100 * (actual / expected - 1):+0.0;-0.0} %");
        Assert.InRange(actual, expected * (1 - share), expected * (1 + share));
    }

    private static bool[] Clean(Beat[] beats)
    {
        bool[] kept = new bool[beats.Length];
        new BeatCleaning(new(), beats.Length).Clean(beats, kept, live: false);
        return kept;
    }

    private static double Rmssd(Beat[] beats, bool[] kept) => HeartVariability.Of(beats, kept).RmssdMs!.Value;

    private static string Short(BeatLabel label) => label switch
    {
        BeatLabel.Ectopic => "ECT",
        BeatLabel.LongOrShort => "LONGSHORT",
        _ => label.ToString().ToUpperInvariant(),
    };
}
