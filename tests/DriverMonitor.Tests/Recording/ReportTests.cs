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
        // Every word of the English page that is not also a German one.
        Assert.All(
            typeof(ReportWords).GetProperties().Where(property => property.PropertyType == typeof(string)),
            property =>
            {
                var (english, german) = (
                    (string)property.GetValue(ReportWords.English)!, (string)property.GetValue(ReportLanguage.Words("de"))!);
                if (english != german && english.Length > 7 && !english.Contains('{', StringComparison.Ordinal))
                    Assert.DoesNotContain(english, page, StringComparison.Ordinal);
            }
        );
    }

    public static TheoryData<string> Languages => [.. ReportLanguage.Known];

    /// <summary>As the page in the cab says it, whatever was measured.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void Measures_are_told_in_the_words_of_the_page(string language)
    {
        var phrases = new CuePhrases(ReportLanguage.Words(language));

        Assert.All(
            CuePhraseCases.All.Where(one => one is { Value: not null, Raises: true }),
            one => Assert.Equal(
                language == "de" ? one.German : one.English, phrases.Phrase(one.Cue, one.Value!.Value, one.Unit), ignoreCase: true));
        double[] values = [double.NaN, double.PositiveInfinity, 0, -0.0, -0.0004, 0.04, 0.5, 0.94, 1, 1.05, 9.96, 59.6, 599.6, 3599, 1e9, -1, -1e9];
        foreach (var (cue, unit, value) in
            from cue in CuePhraseCases.Cues from unit in CuePhraseCases.Units from value in values select (cue, unit, value))
            Assert.DoesNotMatch(CuePhraseCases.Odd(), phrases.Line(new(cue, value, value, unit)));
    }

    [Fact]
    public void A_score_that_warned_tells_what_it_rested_on()
    {
        var page = PageOf(RecordedVehicle.TenMinutes());
        Assert.Matches("The score rests on: ▲ eyes closed [0-9]+ %, ", page);
    }

    /// <summary>A drive, and the sentence with which its report begins.</summary>
    [Theory]
    [InlineData("60s blinking speed 80; 4.5s shut; 20s open", "Slept for 4.[45] s at (0:59|1:00); warned after 1.[56] s.")]
    [InlineData("60s blinking speed 80; 2s shut; 20s open", "Microsleep of (1.9|2.0) s at (0:59|1:00); warned after 1.[56] s.")]
    [InlineData("60s blinking speed 80", "Nothing to warn of was seen.")]
    [InlineData("60s blinking speed 80; 20s blinking speed 0; 60s shut; 10s open", "Nothing to warn of was seen.")]
    [InlineData("60s blinking speed 80; 1.2s shut; 40s blinking; 8s yaw 45; 20s open", "Looked away for [78].[0-9] s at 1:41; warned after [34].[0-9] s.")]
    [InlineData("20s blinking speed 80; 60s noface", "No alert, but the driver was seen in only [0-9]+ % of the pictures.")]
    public void It_begins_with_what_one_wants_to_know(string drive, string verdict) =>
        Assert.Matches($"^{verdict}$", Verdict().Match(PageOf(Drive.Of(drive, 15))).Groups[1].Value);

    [Fact]
    public void An_alert_is_one_row_with_its_steps_and_says_when_it_still_stands()
    {
        var page = PageOf(Drive.Of("60s blinking speed 80; 4s shut", 15));

        Assert.Equal(1, Regex.Count(page, "<ol class=phases>"));
        Assert.Equal(2, Regex.Count(page, "<li><time>"));
        Assert.Contains("still on at the end", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("60s blinking speed 80; 4s shut; 20s open", "Eyes open, against", "Head raised or sunk")]
    [InlineData("60s blinking speed 80; 7s yaw 45; 20s open", "Head turned", "Eyes open, against")]
    public void An_alert_shows_what_the_eyes_and_the_head_did(string drive, string first, string second)
    {
        var page = PageOf(Drive.Of(drive, 15));

        var closeup = page[page.IndexOf("<tr class=closeup>", StringComparison.Ordinal)..];
        Assert.InRange(closeup.IndexOf(first, StringComparison.Ordinal), 0, closeup.IndexOf(second, StringComparison.Ordinal));
    }

    [Fact]
    public void The_glance_is_as_red_as_the_alert_and_sleep_is_an_event()
    {
        var page = PageOf(Drive.Of("60s blinking speed 80; 7s shut; 20s open", 15));

        var glance = page[page.IndexOf("<div class=strips>", StringComparison.Ordinal)..page.IndexOf("<h2>Alerts", StringComparison.Ordinal)];
        Assert.Contains("class=\"state3\" style", glance, StringComparison.Ordinal);
        Assert.Contains("class=\"mark sleep\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_names_the_day_the_hours_and_the_vehicle()
    {
        var log = new ReportLog();
        var pipeline = new MonitorPipeline(new MonitorSettings());
        foreach (var seen in RecordedVehicle.TenMinutes()) log.Emit(seen, pipeline.Step(seen));
        var page = new ReportPage(Facts with { Vehicle = "van-7" }, log, ReportLanguage.Words("en")).Write();

        Assert.Matches("<h1>4 May 2026, [0-9]{2}:[0-9]{2} to [0-9]{2}:[0-9]{2}</h1>", page);
        Assert.Contains("Vehicle van-7", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_of_recordings_is_one_page_of_one_driver()
    {
        var drives = Path.Combine(_folder, "month");
        foreach (var (day, drive) in new[] { (4, "90s blinking speed 80 heart 68"), (12, "60s blinking speed 80; 5s shut; 20s blinking") })
            RecordedVehicle.Judge(
                Drive.Of(drive).Select(seen => seen with { Wall = null }), drives, Path.Combine(_folder, $"{day}.jsonl"),
                header: RecordedVehicle.Header with { StartedAt = new(2026, 5, day, 14, 0, 0, TimeSpan.Zero), Vehicle = "van-7" });
        var page = Path.Combine(_folder, "month.html");

        var (exit, output, errors) = await TheProgram.RunAsync("recording", "report", drives, "--report", page, "--language", "en");

        Assert.True(exit == 0, errors);
        Assert.Contains("2 drives of 2026-05", output, StringComparison.Ordinal);
        var said = await File.ReadAllTextAsync(page);
        Assert.Contains("Worst on 12 May 2026: Slept for", said, StringComparison.Ordinal);
        Assert.Contains("Vehicle van-7", said, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(said, "<tr><td><time>"));
        Assert.DoesNotMatch(Outside(), said);

        (exit, _, errors) = await TheProgram.RunAsync("recording", "report", drives, "--report", page, "--month", "2026-04");
        Assert.True(exit == 66 && errors.Contains("Those of 2026-05 are there", StringComparison.Ordinal), errors);
        var part = Directory.GetFiles(drives)[0];
        (exit, _, errors) = await TheProgram.RunAsync("recording", "report", drives, "--report", part);
        Assert.True(exit == 64, errors);
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
            ReportLanguage.Words("en")
        ).Write();
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Eight_hours_fit_into_a_page_that_opens_at_once()
    {
        var pipeline = new MonitorPipeline(new MonitorSettings());
        var log = new ReportLog();
        foreach (var seen in Drive.Of("28800s drowsy speed 80 heart 68", 3)) log.Emit(seen, pipeline.Step(seen));
        Assert.InRange(Write(log).Length, 20_000, 2_000_000);
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
        ["Wake up!", "Eyes on the road!", "The driver said that this one was wrong.", "Slept for ", "; warned after ", "s after their limit. All of them", "another driver", "class=unknown", "Eyes shut for 1.5 s (limit 1.5 s)", "At 80 km/h"];

    private static readonly string[] ToldInGerman =
        ["Aufwachen!", "Augen auf die Stra", "Der Fahrer hat dieser Warnung widersprochen.", "anderer Fahrer", "Fahrtbericht", " lang geschlafen um ", "; gewarnt nach ", "von 8.9", "Augen 1,5 s lang zu (Grenze 1,5 s)", "Sekundenschlaf", "noch nicht lange genug"];

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

    private static string Write(ReportLog log) => new ReportPage(Facts, log, ReportLanguage.Words("en")).Write();

    [GeneratedRegex("<p class=\"verdict level[0-4]\">(.*?)</p>")]
    private static partial Regex Verdict();

    /// <summary>Anything that a browser would fetch; a link is followed by who clicks on it.</summary>
    [GeneratedRegex(@"https?:|(?<!file:/?)//[a-z]|\bsrc\s*=|(?<!<a )\bhref\s*=|url\(|@import", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();
}
