using System.CommandLine;
using System.Globalization;
using System.Text;
using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;
using DriverMonitor.Recording.Report;

namespace DriverMonitor.Cli;

/// <summary><c>recording report</c>: a month of one driver's recorded drives as one page, each judged again.</summary>
internal static class MonthReportCommand
{
    public static Command Make()
    {
        var folder = new Argument<string?>("FOLDER")
        {
            Description = "Where they lie; the settings' Recording:Folder without it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var month = new Option<string?>("--month") { Description = "Which, such as 2026-11; the last one with a drive without it." };
        var report = new Option<string>("--report") { Description = "Write the page to this file; - is the standard output.", Required = true };
        var driver = new Option<string?>("--driver") { Description = "Pseudonym (p:...); needed where several drivers are recorded." };
        var language = new Option<string?>("--language") { Description = "Of the report: en or de; the system's without it." };
        language.AcceptOnlyFromAmong(ReportLanguage.Known);
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var command = new Command("report", "A month of one driver's drives as one page of HTML, to read and to print.")
        {
            folder, month, report, driver, language, config,
        };
        command.SetAction((line, stop) => Task.FromResult(Run(
            line.GetValue(folder) ?? RecordingCommand.FolderOf(line.GetValue(config)), MonthOf(line.GetValue(month)),
            line.GetValue(report)!, line.GetValue(driver), line.GetValue(config),
            ReportLanguage.Words(line.GetValue(language) ?? ReportLanguage.Usual), stop)));
        return command;
    }

    private static DateOnly? MonthOf(string? text) => text is null ? null
        : DateOnly.TryParseExact($"{text}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month
        : throw new UsageException($"--month {ShownText.Excerpt(text)} is no month. Write it as 2026-11.");

    private static int Run(
        string folder, DateOnly? asked, string report, string? driver, string? config, ReportWords words, CancellationToken stop)
    {
        if (!Directory.Exists(folder)) throw new RecordingException($"There is no folder {folder}.");
        var all = DriveOnDisk.In(folder, driver).Where(drive => drive.Header is not null).ToList();
        RequireOneDriver(all, folder);
        var month = asked ?? MonthOf(all[^1]);
        var chosen = all.Where(drive => MonthOf(drive) == month).ToList();
        if (chosen.Count == 0)
            throw new RecordingException($"{folder} holds no drive of {month:yyyy-MM}. Those of {Months(all)} are there.");
        Protect(folder, all, report, config);

        var drives = new List<MonthDrive>();
        foreach (var drive in chosen)
        {
            if (!Console.IsErrorRedirected) Console.Error.Write($"\rJudging drive {drives.Count + 1} of {chosen.Count}: {drive.Name} ");
            drives.Add(Judge(drive, words, stop));
            stop.ThrowIfCancellationRequested();
        }

        if (!Console.IsErrorRedirected) Console.Error.WriteLine();
        var page = new MonthPage(month, [.. drives.OrderBy(drive => drive.Began)], chosen[^1].Header!.Vehicle, words).Write();
        Write(report, page);
        (report == ReplayOutputs.StandardOutput ? Console.Error : Console.Out).WriteLine(chosen.Count == 1
            ? $"1 drive of {month:yyyy-MM} is in {report}." : $"{chosen.Count} drives of {month:yyyy-MM} are in {report}.");
        return ExitCode.Fine;
    }

    /// <summary>The page may be none of the recordings, nor anything that the service keeps.</summary>
    /// <exception cref="UsageException">It is.</exception>
    private static void Protect(string folder, List<DriveOnDisk> drives, string report, string? config)
    {
        if (report == ReplayOutputs.StandardOutput) return;
        NamedPath[] output = [new("--report", report)];
        OutputGuard.Check([.. drives.SelectMany(drive => drive.Parts).Select(part => new NamedPath("a recording", part))], output);
        OutputGuard.CheckFolder(folder, file => file.EndsWith(RecordingFormat.Extension, StringComparison.Ordinal), output);
        OutputGuard.Check([new("the settings file", config ?? MonitorOptions.InstalledFile)], output);
        OutputGuard.Check(KeptFiles.Of(config), output);
    }

    private static void Write(string report, string page)
    {
        if (report == ReplayOutputs.StandardOutput)
        {
            Console.Out.Write(page);
            return;
        }

        using var file = ReplayOutputs.Open(report, OutputFile.Create)!;
        try
        {
            file.Content.Write(Encoding.UTF8.GetBytes(page));
            file.Content.Flush();
        }
        catch (IOException e)
        {
            throw new OutputException(
                $"Nothing was written: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Make room on the disk of {report}.", e);
        }

        file.Commit();
    }

    /// <summary>Drivers are not compared on a page.</summary>
    private static void RequireOneDriver(List<DriveOnDisk> drives, string folder)
    {
        var drivers = drives.Select(drive => drive.Header!.Driver).Distinct().ToList();
        if (drivers.Count == 0) throw new RecordingException($"{folder} holds no drive that can be read.");
        if (drivers.Count > 1)
            throw new ConfigurationException($"{folder} holds drives of {drivers.Count} drivers. Name one with --driver: {string.Join(", ", drivers)}.");
    }

    private static DateOnly MonthOf(DriveOnDisk drive) => new(drive.Header!.StartedAt.Year, drive.Header.StartedAt.Month, 1);

    private static string Months(List<DriveOnDisk> drives) =>
        string.Join(", ", drives.Select(MonthOf).Distinct().Select(month => month.ToString("yyyy-MM", CultureInfo.InvariantCulture)));

    private static MonthDrive Judge(DriveOnDisk drive, ReportWords words, CancellationToken stop)
    {
        var recording = new RecordingReader(drive.Parts);
        var header = recording.Header;
        var log = new ReportLog(DisclosurePolicy.Of(WireLevel.P1, header.Judgement.Profile).To(Audience.File));
        var pipeline = new MonitorPipeline(header.Judgement, profile: header.Profile);
        new RecordingReplay(recording).Run(pipeline, log, stop);
        log.Emit(default, pipeline.Finish());
        return MonthDrive.Of(log, header.StartedAt, words);
    }
}
