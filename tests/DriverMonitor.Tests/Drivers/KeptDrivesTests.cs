using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
using DriverMonitor.Recording;
using DriverMonitor.Tests.Recording;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Drivers;

/// <summary>Recorded drives are personal data: their driver is told of them, takes them along, and has them deleted.</summary>
public sealed class KeptDrivesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drivermonitor-drives-").FullName;

    public KeptDrivesTests()
    {
        File.WriteAllText(Config, $$"""
            { "DriverMonitor": { "Profiles": { "Folder": "{{_folder}}", "Driver": "anna" }, "Fleet": { "Folder": "{{_folder}}" }, "Recording": { "Folder": "{{Drives}}" } } }
            """);
        var alias = new DriverAlias(_folder);
        foreach (var driver in new[] { "anna", "emil" })
            RecordedVehicle.Judge(
                Drive.Of("65s blinking speed 80 heart 68"),
                Drives,
                Path.Combine(_folder, "live.jsonl"),
                header: RecordedVehicle.Header with
                {
                    Driver = alias.Of(driver),
                }
            );
    }

    private string Config => Path.Combine(_folder, "settings.json");

    private string Drives => Path.Combine(_folder, "drives");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_export_names_every_recorded_drive_of_the_driver_and_none_of_another()
    {
        var told = JsonNode.Parse((await Fine("export", "anna")).Output)!["recordings"]!.AsArray();

        var drive = Assert.Single(told)!;
        Assert.Equal(RecordedVehicle.Header.StartedAt, drive["began"]!.GetValue<DateTimeOffset>());
        Assert.InRange(drive["seconds"]!.GetValue<double>(), 64.5, 65);
        var file = Assert.Single(drive["files"]!.AsArray())!.GetValue<string>();
        Assert.Equal(new FileInfo(Path.Combine(Drives, file)).Length, drive["bytes"]!.GetValue<long>());
    }

    [Fact]
    public async Task The_drives_themselves_can_be_taken_along_and_read()
    {
        var (taken, name) = (Path.Combine(_folder, "taken"), DriveOnDisk.In(Drives, new DriverAlias(_folder).Of("anna"))[0].Name);
        Assert.Contains(
            "1 recorded drives", (await Fine("export", "anna", "--recordings", taken)).Errors, StringComparison.Ordinal);

        var lines = await File.ReadAllLinesAsync(Path.Combine(taken, $"{name}.jsonl"));
        Assert.All(lines, line => Assert.NotNull(JsonNode.Parse(line)!["kind"]));
        Assert.Equal("header", JsonNode.Parse(lines[0])!["kind"]!.GetValue<string>());
        Assert.Contains("\"beatsPerMinute\":68", string.Concat(lines), StringComparison.Ordinal);
        Assert.True(RecordedVehicle.Replay(Path.Combine(taken, name), Path.Combine(_folder, "again.jsonl")).IsIdentical);
        Assert.Equal(2, Directory.GetFiles(taken).Length);
    }

    [Fact]
    public async Task Forgetting_a_driver_deletes_the_drives_too()
    {
        Assert.Contains("Forgotten", (await Fine("erase", "anna", "--yes")).Output, StringComparison.Ordinal);
        Assert.StartsWith("p-", Path.GetFileName(Assert.Single(Directory.GetFiles(Drives))), StringComparison.Ordinal);
        Assert.Empty(DriveOnDisk.In(Drives, new DriverAlias(_folder).Of("anna")));
    }

    [Fact]
    public async Task A_consent_that_is_taken_back_leaves_old_drives_alone_unless_they_are_to_go()
    {
        Assert.Contains(
            "with --erase it goes too", (await Fine("consent", "withdraw", "heart")).Output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(Drives).Length);

        Assert.Contains(
            "Deleted files of recorded drives: 1.",
            (await Fine("consent", "withdraw", "heart", "--erase")).Output,
            StringComparison.Ordinal);
        Assert.Single(DriveOnDisk.In(Drives));
        Assert.Contains(
            "recordings_erased", await File.ReadAllTextAsync(Path.Combine(_folder, "audit.jsonl")), StringComparison.Ordinal);
        Assert.StartsWith("ok", (await Fine("audit", "verify")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_tells_when_and_how_long_and_a_look_inside_tells_the_rest()
    {
        var drive = DriveOnDisk.In(Drives)[0];
        var list = (await Fine("recording", "list")).Output;
        Assert.Contains($"{drive.Name}  2026-05-04 12:00  00:01:04", list, StringComparison.Ordinal);
        Assert.Contains("2 drives, ", list, StringComparison.Ordinal);

        var shown = (await Fine("recording", "show", drive.Name)).Output;
        Assert.Contains("face-mesh@12345678", shown, StringComparison.Ordinal);
        Assert.Contains("pictures     1300, 1300 with the driver's face", shown, StringComparison.Ordinal);
        Assert.Contains(DriveOnDisk.HashOf(drive.Parts[0]), shown, StringComparison.Ordinal);

        var lines = (await Fine("recording", "show", drive.Parts[0], "--json")).Output.TrimEnd().Split('\n');
        Assert.Equal(1300, lines.Count(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString() == "seen"));

        var (code, _, errors) = await TheProgram.RunAsync("recording", "show", "nothing", "--config", Config);
        Assert.Equal((ExitCode.InputUnreadable, "drivermonitor: nothing is no recording. Name a file, a folder, or a drive of 'recording list'.\n"), (code, errors));
    }

    [Fact]
    public void Lines_hold_everything_that_was_seen()
    {
        RecordedVehicle.Judge(
            RecordedVehicle
                .TenMinutes()
                .Append(new(TimeSpan.FromHours(1), Heart: new("C0", null, StrapContact.Detected, default))),
            Path.Combine(_folder, "ten"),
            Path.Combine(_folder, "live.jsonl"));
        var recording = new RecordingReader(Recordings.Find(Path.Combine(_folder, "ten"))!);
        var lines = RecordingLines.Of(recording).Skip(1).Select(line => JsonNode.Parse(line)!).ToList();

        var items = recording.Read().ToList();
        Assert.Equal(items.Count, lines.Count);
        foreach (var (item, line) in items.Zip(lines))
        {
            if (item is not RecordingItem.Seen { Observation: var seen }) continue;
            Assert.Equal(seen.At.TotalSeconds, line["at"]!.GetValue<double>());
            Assert.Equal(seen.Face?.LeftEye.AspectRatio, line["face"]?["leftEye"]?["aspectRatio"]?.GetValue<double>());
            Assert.Equal(seen.Vehicle?.SpeedKmh, line["vehicle"]?["speedKmh"]?.GetValue<double>());
            if (seen.Heart is { } heart)
                Assert.Equal(heart.RrMs.IsDefault ? 0 : heart.RrMs.Length, line["heart"]!["rrMs"]!.AsArray().Count);
        }
    }

    private async Task<(string Output, string Errors)> Fine(params string[] arguments)
    {
        var (code, output, errors) = await TheProgram.RunAsync([.. arguments, "--config", Config]);
        Assert.True(code == ExitCode.Fine, errors);
        return (output, errors);
    }
}
