using System.CommandLine;
using System.Globalization;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Signals;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;

namespace DriverMonitor.Cli;

/// <summary><c>recording list</c>, <c>show</c> and <c>report</c>: which drives lie on the disk, and what is in them.</summary>
internal static class RecordingCommand
{
    public static Command Make()
    {
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var folder = new Argument<string?>("FOLDER")
        {
            Description = "Where they lie; the settings' Recording:Folder without it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var list = new Command("list", "Every recorded drive: whose, when, how long, how large.") { folder, config };
        list.SetAction(line => List(line.GetValue(folder) ?? FolderOf(line.GetValue(config))));

        var input = new Argument<string>("RECORDING")
        {
            Description = "One of its files, its folder, or the name that its files begin with.",
        };
        var json = new Option<bool>("--json") { Description = "Everything that is in it, as one JSON object a line." };
        var show = new Command("show", "What is in one: times, versions, hashes, gaps.") { input, json, config };
        show.SetAction(line => Show(line.GetValue(input)!, line.GetValue(json), line.GetValue(config)));
        return new("recording", "Recorded drives, which hold measures and no picture.") { list, show, MonthReportCommand.Make() };
    }

    private static int List(string folder)
    {
        if (!Directory.Exists(folder)) throw new RecordingException($"There is no folder {folder}.");
        var drives = DriveOnDisk.In(folder);
        foreach (var drive in drives)
        {
            Console.WriteLine(
                drive.Header is { } header
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"{drive.Name}  {header.StartedAt:yyyy-MM-dd HH:mm}  {drive.Lasted:hh\\:mm\\:ss}  {Size(drive.Bytes), 9}  {ShownText.Excerpt(header.Program)}"
                    )
                    : $"{drive.Name}  cannot be read  {Size(drive.Bytes), 9}");
        }

        Console.WriteLine(
            drives.Count == 0
                ? $"Nothing is recorded in {folder}."
                : $"{Count(drives.Count, drives.Count == 1 ? "drive" : "drives")}, {Size(drives.Sum(drive => drive.Bytes))}.");
        return ExitCode.Fine;
    }

    private static int Show(string input, bool asJson, string? config)
    {
        if (FileStatus.Of(input, out _) is not null)
            InputFile.Require("Recording", input, mayBeFolder: true);
        var parts =
            Recordings.Find(input)
            ?? (
                Path.GetFileName(input) == input && Settings(config).Folder is { } folder
                    ? Recordings.Find(Path.Combine(folder, input))
                    : null)
            ?? throw new RecordingException($"{input} is no recording. Name a file, a folder, or a drive of 'recording list'.");
        if (asJson)
        {
            foreach (var line in RecordingLines.Of(new RecordingReader(parts))) Console.WriteLine(line);
            return ExitCode.Fine;
        }

        foreach (var (name, value) in Facts(DriveOnDisk.Of(parts), new RecordingReader(parts)))
            Console.WriteLine($"{name, -12} {ShownText.Line(value)}");
        return ExitCode.Fine;
    }

    private static IEnumerable<(string Name, string Value)> Facts(DriveOnDisk drive, RecordingReader recording)
    {
        var (header, content) = (recording.Header, RecordingContent.Of(recording));
        var seconds = Math.Max(1, drive.Lasted.TotalSeconds);
        yield return ("drive", drive.Name);
        yield return ("driver", header.Driver);
        yield return ("began", header.StartedAt.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        yield return (
            "lasts",
            string.Create(CultureInfo.InvariantCulture, $"{drive.Lasted:hh\\:mm\\:ss}, from {drive.From:hh\\:mm\\:ss} on"));
        yield return (
            "size", string.Create(CultureInfo.InvariantCulture, $"{Size(drive.Bytes)}, {drive.Bytes / seconds / 1000:F1} KB/s"));
        if (header.Vehicle is { } vehicle) yield return ("vehicle name", vehicle);
        yield return ("recorded by", header.Program);
        yield return (
            "settings",
            $"{header.Configuration ?? "-"}, profile {header.Judgement.Profile}{(header.Judgement.Strict ? ", strict" : "")}");
        yield return ("models", header.Models.Count == 0 ? "-" : string.Join(", ", header.Models));
        yield return ("allowed", header.Allowed == Modalities.None ? "nothing" : header.Allowed.ToString().ToLowerInvariant());
        yield return ("known driver", header.Profile is null ? "no" : "yes: usual values were loaded at the start");
        yield return ("pictures", $"{content.Pictures}, {content.Faces} with the driver's face");
        yield return ("heart", Count(content.Hearts, "packets"));
        yield return ("vehicle", Count(content.Vehicles, "readings"));
        yield return ("withheld", Count(content.Withheld, "moments while the driver allowed nothing"));
        yield return ("missing", Count(content.Missing, "observations that the disk did not take"));
        yield return ("damaged", Count(content.DamagedBytes, "bytes"));
        foreach (var part in drive.Parts) yield return ("sha256", $"{DriveOnDisk.HashOf(part)}  {Path.GetFileName(part)}");
    }

    private static string Count(long number, string of) => string.Create(CultureInfo.InvariantCulture, $"{number} {of}");

    private static RecordingSettings Settings(string? config) =>
        MonitorOptions.Load(config ?? MonitorOptions.InstalledFile).Recording;

    public static string FolderOf(string? config) => Settings(config).Folder
        ?? throw new ConfigurationException("Nothing is recorded here: Recording:Folder is not set. Name a folder.");

    private static string Size(long bytes) => bytes < 1e6
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F0} KB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB");
}
