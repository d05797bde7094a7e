using System.Text.Json;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Tests.Vectors;
using Xunit.Abstractions;

namespace DriverMonitor.Core.Tests.HeartRate;

public class HeartVariabilityTests(ITestOutputHelper output)
{
    public static TheoryData<string> SeriesNames() =>
        [.. Vector.Cases.GetProperty("hrv").EnumerateObject().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(SeriesNames))]
    public void Figures_of_synthetic_series_are_exact(string name)
    {
        var vector = Vector.Cases.GetProperty("hrv").GetProperty(name);
        double[] rr = vector.TryGetProperty("rr", out var list) ? list.Numbers() : Series.Waves(vector.Number("T")!.Value);
        var figures = Series.Measure(rr);

        var expected = vector.GetProperty("expect");
        Check(expected, "n", figures.Beats);
        Check(expected, "meanRR", figures.MeanRrMs);
        Check(expected, "HR_from_meanRR", figures.BeatsPerMinute);
        Check(expected, "SDNN", figures.SdnnMs);
        Check(expected, "RMSSD", figures.RmssdMs);
        Check(expected, "lnRMSSD", Math.Log(figures.RmssdMs!.Value));
        Check(expected, "pNN50", figures.Pnn50);
        Check(expected, "pNN20", figures.Pnn20);
        Check(expected, "SD1", figures.Sd1Ms);
        Check(expected, "SD2", figures.Sd2Ms);
        Check(expected, "sqrtSI", figures.SqrtStressIndex);
    }

    [Fact]
    public void The_spectrum_of_two_waves_holds_their_power()
    {
        var spectrum = Spectrum.Of(Series.Waves(300))!.Value;
        var expected = Vector.Cases.GetProperty("hrv").GetProperty("S2_300").GetProperty("welch");

        Within(0.001, expected.Number("LF"), spectrum.LowMs2);
        Within(0.001, expected.Number("HF"), spectrum.HighMs2);
        Within(0.001, expected.Number("LFHF"), spectrum.Ratio);
        Assert.Null(Spectrum.Of(Series.Waves(60)));
    }

    [Fact]
    public void Rounding_to_the_radios_1024ths_hardly_matters()
    {
        double[] rounded = [.. Series.Waves(300).Select(rr => Math.Round(rr * 1.024) / 1.024)];
        Assert.Equal(26.4646, Series.Measure(rounded).RmssdMs!.Value, 0.0001);
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new double[] { 800 })]
    [InlineData(new double[] { 800, 800, 800 })]
    [InlineData(new double[] { 0, 0 })]
    public void Too_little_to_say_is_null_and_never_NaN(double[] rr)
    {
        var figures = Series.Measure(rr);
        Assert.Null(figures.SqrtStressIndex);
        double?[] all =
        [
            figures.MeanRrMs,
            figures.BeatsPerMinute,
            figures.SdnnMs,
            figures.RmssdMs,
            figures.Pnn50,
            figures.Sd1Ms,
            figures.Sd2Ms,
        ];
        Assert.All(all, value => Assert.True(value is null || double.IsFinite(value.Value)));
    }

    [Theory]
    [InlineData("heart/pyhrv/SampleNNISeriesLong.json", 4684, 768.438, 85.357, 60.523, 28.571, 64.232)]
    [InlineData("heart/pyhrv/SampleNNISeriesShort.json", 337, null, 95.69035, 101.30063, 48.51190, null)]
    public void Figures_published_with_pyHRV_are_met(
        string path, int n, double? mean, double sdnn, double rmssd, double pnn50, double? pnn20)
    {
        if (SharedData.Json(path, output) is not { } json) return;
        var raw = Series.Summary(json.Numbers()).Raw;

        Assert.Equal(n, raw.Beats);
        if (mean is { } m) Assert.Equal(m, raw.MeanRrMs!.Value, 0.001);
        Assert.Equal(sdnn, raw.SdnnMs!.Value, 0.01);
        Assert.Equal(rmssd, raw.RmssdMs!.Value, 0.01);
        Assert.Equal(pnn50, raw.Pnn50!.Value, 0.01);
        if (pnn20 is { } p) Assert.Equal(p, raw.Pnn20!.Value, 0.01);
    }

    [Fact]
    public void Figures_of_the_resting_record_are_met()
    {
        if (SharedData.Lines("heart/rhenan-hrv/rest_rri.txt", output) is not { } rr) return;
        var raw = Series.Summary(rr).Raw;

        Assert.Equal(910, raw.Beats);
        Assert.Equal(1058.719, raw.MeanRrMs!.Value, 0.01);
        Assert.Equal(57.818, raw.SdnnMs!.Value, 0.01);
        Assert.Equal(55.137, raw.RmssdMs!.Value, 0.01);
        Assert.Equal(35.314, raw.Pnn50!.Value, 0.01);
    }

    [Theory]
    [InlineData("nsr001", 164)]
    [InlineData("nsr004", 200)]
    public void Five_minute_windows_of_two_people_agree_with_the_published_ones(string record, int expectedWindows)
    {
        if (SharedData.Rows($"heart/nsr2db-clifford/{record}_rr_fs125_first125min.csv", output) is not { } rows)
            return;
        var windows = SharedData
            .Json("heart/nsr2db-clifford/windows.json", output)!
            .Value.GetProperty("windows")
            .EnumerateArray()
            .Where(w => w.GetProperty("record").GetString() == record && w.GetProperty("plain_formula_matches").GetBoolean())
            .ToArray();
        var (beats, normal) = Annotated(rows);

        foreach (var window in windows)
        {
            int first = Array.FindIndex(beats, b => b.At.TotalSeconds >= window.Number("t_start")!.Value - 1e-6);
            int end = Array.FindLastIndex(beats, b => b.At.TotalSeconds <= window.Number("t_end")!.Value + 1e-6) + 1;
            var figures = Compact(beats[first..end], normal[first..end]);
            Assert.Equal(window.GetProperty("reference").Number("sdnn")!.Value, figures.SdnnMs!.Value, 0.05);
            Assert.Equal(window.GetProperty("reference").Number("rmssd")!.Value, figures.RmssdMs!.Value, 0.05);
        }

        output.WriteLine($"{record}: {windows.Length} windows");
        Assert.Equal(expectedWindows, windows.Length);
    }

    private static (Beat[] Beats, bool[] Normal) Annotated(string[][] rows)
    {
        static double Value(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Beat[] beats = [.. rows.Select(r => new Beat(TimeSpan.FromSeconds(Value(r[0])), Value(r[1]), 0, true))];
        return (beats, [.. rows.Select((r, i) => r[2] == "1" && beats[i].RrMs is > 375 and < 2000)]);
    }

    // The reference closes up what it leaves out; the product never does.
    private static HeartVariability Compact(Beat[] beats, bool[] normal)
    {
        Beat[] left = [.. beats.Where((_, i) => normal[i])];
        return HeartVariability.Of(left, [.. left.Select(_ => true)]);
    }

    private static void Check(JsonElement expected, string name, double? actual) =>
        Assert.Equal(expected.Number(name)!.Value, actual!.Value, 1e-4);

    private static void Within(double share, double? expected, double actual) =>
        Assert.InRange(actual, expected!.Value * (1 - share), expected.Value * (1 + share));
}
