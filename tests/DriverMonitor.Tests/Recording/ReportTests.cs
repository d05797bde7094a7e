using System.Text.RegularExpressions;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Recording;
using DriverMonitor.Recording.Report;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Recording;

public sealed partial class ReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_page_says_what_happened_and_needs_nothing_else()
    {
        var page = PageOf(RecordedVehicle.TenMinutes());

        Assert.All(Told, words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.DoesNotMatch(Outside(), page);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_speaks_German_too_and_leaves_no_English_word_of_its_own()
    {
        var log = new ReportLog();
        var pipeline = new MonitorPipeline(new MonitorSettings());
        foreach (var seen in RecordedVehicle.TenMinutes()) log.Emit(seen, pipeline.Step(seen));
        var page = new ReportPage(Facts, log, ReportLanguage.Words("de")).Write();

        Assert.All(ToldInGerman, words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Contains("<html lang=de>", page, StringComparison.Ordinal);
        // Every word of the English page that is not also a German one, but for the bench's own table.
        var own = page[..page.IndexOf(ReportLanguage.Words("de").Conformance, StringComparison.Ordinal)];
        Assert.All(
            typeof(ReportWords).GetProperties().Where(property => property.PropertyType == typeof(string)),
            property =>
            {
                var (english, german) = (
                    (string)property.GetValue(ReportWords.English)!, (string)property.GetValue(ReportLanguage.Words("de"))!);
                if (english != german && english.Length > 7 && !english.Contains('{', StringComparison.Ordinal))
                    Assert.DoesNotContain(english, own, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void A_score_that_warned_tells_what_it_rested_on()
    {
        var page = PageOf(RecordedVehicle.TenMinutes());
        Assert.Matches("The score rests on: ▲ eyes closed [0-9]+ %, ", page);
    }

    [Fact]
    public void What_a_file_is_called_cannot_become_part_of_the_page()
    {
        var page = new ReportPage(
            Facts with
            {
                Title = "<img src=x onerror=alert(1)>.mp4",
            },
            new ReportLog(),
            ReportWords.English
        ).Write();
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Eight_hours_fit_into_a_page_that_opens_at_once()
    {
        var pipeline = new MonitorPipeline(new MonitorSettings());
        var log = new ReportLog();
        foreach (var seen in Drive.Of("28800s drowsy speed 80 heart 68", 3)) log.Emit(seen, pipeline.Step(seen));
        Assert.InRange(Write(log).Length, 20_000, 3 << 20);
    }

    [Fact]
    public void Every_alert_that_the_bench_times_has_rows_and_every_word_of_the_table_is_there()
    {
        Assert.All(Timed, rule => Assert.NotEmpty(ConformanceTable.Of(rule)));
        Assert.Equal(Enum.GetValues<AlertLevel>().Length, ReportWords.English.AlertLevels.Count);
        Assert.Equal(Enum.GetValues<DriverMonitor.Core.Scoring.StateLevel>().Length, ReportWords.English.StateLevels.Count);
    }

    [Fact]
    public async Task The_program_reports_a_recording_and_a_heart_alone()
    {
        var (drives, page) = (Path.Combine(_folder, "drives"), Path.Combine(_folder, "report.html"));
        RecordedVehicle.Judge(
            Drive.Of("90s blinking speed 80 heart 68; 5s shut; 10s open"), drives, Path.Combine(_folder, "live.jsonl"));
        var (exit, output, errors) = await TheProgram.RunAsync(
            "replay", drives, "--report", page, "--events", Path.Combine(_folder, "again.jsonl"));
        Assert.True(exit == 0, errors);
        Assert.Contains("to the byte", output, StringComparison.Ordinal);
        Assert.Contains("Wake up!", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(_folder, "live.jsonl")),
            await File.ReadAllTextAsync(Path.Combine(_folder, "again.jsonl")));

        var beats = Path.Combine(_folder, "beats.txt");
        await File.WriteAllLinesAsync(beats, Enumerable.Range(0, 300).Select(i => $"{850 + i % 5 * 10}"));
        (exit, _, errors) = await TheProgram.RunAsync("replay", "--heart", beats, "--report", page);
        Assert.True(exit == 0, errors);
        Assert.Contains("Pulse, 1/min", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
        Assert.Contains("All accepted beats:</strong> 69.0 1/min, RMSSD", await File.ReadAllTextAsync(page), StringComparison.Ordinal);

        (exit, _, errors) = await TheProgram.RunAsync("replay", "--heart", beats, "--report", page, "--language", "de");
        Assert.True(exit == 0, errors);
        Assert.Contains("69,0 1/min", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
    }

    private static readonly string[] Told =
        ["Wake up!", "Eyes on the road!", "The driver said that this one was wrong.", "eyes closed, asleep", "long look-away, head aside", "driver changed", "class=unknown"];

    private static readonly string[] ToldInGerman =
        ["Aufwachen!", "Augen auf die Stra", "Der Fahrer hat dieser Warnung widersprochen.", "anderer Fahrer", "Fahrtbericht", "von 8.9", "Augen geschlossen 1,55 s", "Sekundenschlaf", "noch nicht lange genug"];

    private static readonly AlertRule[] Timed =
    [
        AlertRule.EyesClosed,
        AlertRule.LongLookAway,
        AlertRule.ManyLookAways,
        AlertRule.Phone,
        AlertRule.Fatigue,
    ];

    private static readonly ReportFacts Facts = new("a drive", new MonitorSettings(), "0badcafe", ["face-mesh@12345678"], "1.0");

    private static string PageOf(IEnumerable<Observation> drive)
    {
        var pipeline = new MonitorPipeline(new MonitorSettings());
        var log = new ReportLog();
        foreach (var seen in drive) log.Emit(seen, pipeline.Step(seen));
        return Write(log);
    }

    private static string Write(ReportLog log) => new ReportPage(Facts, log, ReportWords.English).Write();

    /// <summary>Anything that a browser would fetch.</summary>
    [GeneratedRegex(@"https?:|//[a-z]|\bsrc\s*=|\bhref\s*=|url\(|@import", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();
}
