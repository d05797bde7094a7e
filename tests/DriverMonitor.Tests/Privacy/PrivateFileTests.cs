using System.Diagnostics;
using System.Runtime.Versioning;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Privacy;

/// <summary>The program with the widest umask there is: what it leaves behind can be read by its owner alone.</summary>
[SupportedOSPlatform("linux")]
public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private readonly string _top = Directory.CreateTempSubdirectory("private").FullName;

    private string State => Path.Combine(_top, "state");

    public void Dispose() => Directory.Delete(_top, recursive: true);

    [Fact]
    public async Task A_service_its_commands_and_a_replay_leave_nothing_that_others_can_read()
    {
        var settings = Settings();
        using (var service = Start("run", "--config", settings))
        {
            var log = service.StandardOutput.ReadToEndAsync();
            await Eventually.Sees(
                "a recording", () =>
                    Files().Any(file => file.EndsWith(".recording", StringComparison.Ordinal))
                    && Files().Any(file => file.EndsWith("-wal", StringComparison.Ordinal)),
                withinSeconds: 90);
            using (var kill = Process.Start("kill", ["-TERM", $"{service.Id}"]))
                await kill.WaitForExitAsync();
            await log.WaitAsync(TimeSpan.FromSeconds(60));
        }

        await Run("consent", "grant", "heart", "--yes", "--config", settings);
        await Run("export", "anna", "--config", settings, "--recordings", Path.Combine(_top, "mine", "drives"));
        var drive = Files().First(file => file.EndsWith(".recording", StringComparison.Ordinal));
        await Run(
            "replay",
            drive,
            "--report",
            Path.Combine(_top, "report.html"),
            "--events",
            Path.Combine(_top, "events.jsonl"),
            "--trace",
            Path.Combine(_top, "trace.csv"));

        var names = Files().Select(file => Path.GetFileName(file)).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "events.db",
                "audit.jsonl",
                "audit.head",
                "alias.salt",
                "anna.consent.json",
                "anna.profile.json",
                "report.html",
                "events.jsonl",
                "trace.csv",
            },
            names);
        Assert.Empty(
            Entries()
                .Where(entry => entry != settings && (File.GetUnixFileMode(entry) & Others) != 0)
                .Select(entry => $"{entry} {File.GetUnixFileMode(entry)}"));
    }

    [Fact]
    public void A_file_that_an_older_program_left_open_is_closed_when_it_is_written_again()
    {
        var path = Path.Combine(_top, "old.json");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(
            path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        PrivateFile.Open(path, new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite }).Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void What_is_no_file_keeps_its_rights()
    {
        var before = File.GetUnixFileMode("/dev/null");
        PrivateFile.Create("/dev/null").Dispose();
        Assert.Equal(before, File.GetUnixFileMode("/dev/null"));
    }

    [Fact]
    public void A_folder_that_is_there_is_not_taken_from_others()
    {
        var shared = Directory.CreateDirectory(Path.Combine(_top, "shared"));
        shared.UnixFileMode =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;
        PrivateFile.CreateFolder(Path.Combine(shared.FullName, "a", "b"));
        Assert.True(File.GetUnixFileMode(shared.FullName).HasFlag(UnixFileMode.OtherExecute));
        Assert.All(
            ["a", "a/b"],
            made => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(shared.FullName, made)) & Others));
    }

    private string Settings()
    {
        var file = Path.Combine(_top, "settings.json");
        File.WriteAllText(file, $$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" },
                "Profiles": { "Folder": "{{State}}/profiles", "Driver": "anna" },
                "Recording": { "Folder": "{{State}}/drives" },
                "Fleet": { "Folder": "{{State}}/fleet" },
                "Outbox": { "Folder": "{{State}}/outbox" },
                "Mqtt": { "Brokers": ["127.0.0.1:1"], "Tenant": "acme", "Vehicle": "veh-0001" },
                "Web": { "Enabled": false } } }
            """);
        return file;
    }

    private IEnumerable<string> Files() =>
        Directory.Exists(_top) ? Directory.EnumerateFiles(_top, "*", SearchOption.AllDirectories) : [];

    private IEnumerable<string> Entries() => Directory.EnumerateFileSystemEntries(_top, "*", SearchOption.AllDirectories);

    private static async Task Run(params string[] arguments)
    {
        using var program = Start(arguments);
        var said = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.True(program.ExitCode == 0, $"{string.Join(' ', arguments)}: {said}");
    }

    private static Process Start(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "drivermonitor.dll");
        var start = new ProcessStartInfo("sh", ["-c", "umask 000; exec dotnet \"$0\" \"$@\" 2>&1", program, .. arguments]) { RedirectStandardOutput = true };
        return Process.Start(start)!;
    }
}
