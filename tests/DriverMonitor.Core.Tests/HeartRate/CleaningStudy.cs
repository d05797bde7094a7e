using System.Globalization;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Vectors;
using Xunit.Abstractions;

namespace DriverMonitor.Core.Tests.HeartRate;

/// <summary>
/// Measures each way of cleaning on every recorded heart there is, and prints the table of the folder's README.
/// </summary>
public class CleaningStudy(ITestOutputHelper output)
{
    private sealed record Recording(string Name, double[] Rr, double? Clean, bool[]? Normal);

    [Fact]
    public void Every_way_of_cleaning_on_every_recorded_heart()
    {
        var recordings = Recordings().ToArray();
        if (recordings.Length == 0) return;

        output.WriteLine("| series | beats | clean | raw | 20 % rule | every flag | as built | dropped | live, median |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var recording in recordings)
        {
            var beats = Series.Beats(recording.Rr);
            var labels = new BeatLabel[beats.Length];
            new ArtefactDetector(new(), beats.Length).Label(beats, labels);
            bool[] built = new bool[beats.Length];
            new BeatCleaning(new(), beats.Length).Clean(beats, built, live: false);

            double raw = Rmssd(beats, [.. beats.Select(_ => true)]);
            double? clean = recording.Normal is { } normal ? Rmssd(beats, normal) : recording.Clean;
            string Against(double rmssd) =>
                clean is { } c ? Percent(rmssd / c - 1) : FormattableString.Invariant($"{rmssd:0.0} ms");
            double rule = Rmssd(beats, [.. beats.Select(b => b.KeptByRule)]);
            double flags = Rmssd(
                beats,
                [.. labels.Select((l, i) => l == BeatLabel.Normal && beats[i].RrMs is >= 300 and <= 2000)]);
            string live = recording.Normal is null ? "" : Live(recording);
            output.WriteLine(FormattableString.Invariant(
                $"| {recording.Name} | {beats.Length} | {clean:0.00} | {Against(raw)} | {Against(rule)} | {Against(flags)} | {Against(Rmssd(beats, built))} | {100.0 * built.Count(k => !k) / built.Length:0.0} % | {live} |"));
        }
    }

    // Second by second through the strap's way in: each usable RMSSD against the same minute's beats that were labelled normal.
    private static string Live(Recording recording)
    {
        var watch = new HeartRateAnalyzer(new());
        var strap = new ScriptedStrap(recording.Rr);
        List<double> ratios = [];
        int seconds = 0, next = 0;
        Queue<(Beat Beat, bool Normal)> minute = [];
        var clock = TimeSpan.Zero;
        for (int second = 1; !strap.IsFinished; second++)
        {
            var packet = strap.Packet(second);
            watch.Add(TimeSpan.FromSeconds(second), packet);
            foreach (double rr in packet.RrMs)
            {
                clock += TimeSpan.FromMilliseconds(rr);
                minute.Enqueue((new(clock, rr, 0, true), recording.Normal?[next] ?? true));
                next++;
            }

            while (minute.Count > 0 && minute.Peek().Beat.At <= TimeSpan.FromSeconds(second - 60)) minute.Dequeue();
            var now = watch.Step(TimeSpan.FromSeconds(second));
            if (second < 120) continue;
            seconds++;
            if (!now.Usable || now.WindowSeconds != 60) continue;
            double normal = Rmssd([.. minute.Select(m => m.Beat)], [.. minute.Select(m => m.Normal)]);
            ratios.Add(now.RmssdMs!.Value / normal - 1);
        }

        ratios.Sort();
        string low = Percent(ratios[ratios.Count / 20]), high = Percent(ratios[ratios.Count * 19 / 20]);
        return FormattableString.Invariant($"{Percent(ratios[ratios.Count / 2])} ({low} to {high}), {100.0 * ratios.Count / seconds:0} % usable");
    }

    private static string Percent(double share) => FormattableString.Invariant($"{Math.Round(100 * share, 1) + 0.0:+0.0;-0.0;0.0}");

    private IEnumerable<Recording> Recordings()
    {
        foreach (string name in new[] { "Long", "Short" })
            if (SharedData.Json($"heart/pyhrv/SampleNNISeries{name}.json", output) is { } json)
                yield return Healthy($"pyHRV {name.ToLowerInvariant()}", json.Numbers());
        if (SharedData.Lines("heart/rhenan-hrv/rest_rri.txt", output) is { } rest) yield return Healthy("rest", rest);
        if (SharedData.Json("heart/rr-artefacts-derived/rr_artefact_cases.json", output) is { } made)
            foreach (var c in made.GetProperty("cases").EnumerateArray())
                yield return new(
                    $"rest, {100 * c.Number("fraction")!.Value:0} % {c.GetProperty("kind").GetString()}",
                    c.GetProperty("rr_ms").Numbers(),
                    c.Number("clean_rmssd"),
                    null);
        foreach (
            var (name, path, normal) in new[]
            {
                ("mitdb 100", "heart/mitdb/100_rr.csv", "N"),
                ("nsr001", "heart/nsr2db-clifford/nsr001_rr_fs125_first125min.csv", "1"),
                ("nsr004", "heart/nsr2db-clifford/nsr004_rr_fs125_first125min.csv", "1"),
            }
        )
            if (SharedData.Rows(path, output) is { } rows)
                yield return new(name, [.. rows.Select(r => double.Parse(r[1], CultureInfo.InvariantCulture))], null,
                    [.. rows.Select((r, i) => r[2] == normal && (normal == "1" || i == 0 || rows[i - 1][2] == normal))]);
        foreach (string name in new[] { "exercise", "noisy" })
            if (SharedData.Find($"heart/rhenan-hrv/{name}_rri.hrm", output) is { } file)
                yield return new(
                    name,
                    [
                        .. File.ReadLines(file)
                            .SkipWhile(l => !l.StartsWith("[HRData]", StringComparison.Ordinal))
                            .Skip(1)
                            .Where(l => l.Trim().Length > 0)
                            .Select(l => double.Parse(l, CultureInfo.InvariantCulture)),
                    ],
                    null,
                    null);
        if (SharedData.Lines("heart/rhenan-hrv/real_rri.txt", output) is { } real)
            yield return new("real, with zeros", real, null, null);
    }

    private static Recording Healthy(string name, double[] rr) =>
        new(name, rr, Series.Measure(rr).RmssdMs, [.. rr.Select(_ => true)]);

    private static double Rmssd(Beat[] beats, bool[] kept) => HeartVariability.Of(beats, kept).RmssdMs!.Value;
}
