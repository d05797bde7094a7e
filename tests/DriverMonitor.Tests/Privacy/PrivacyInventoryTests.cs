using System.Globalization;
using System.Text.RegularExpressions;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Drivers;
using DriverMonitor.Monitoring;
using DriverMonitor.Outbox;
using DriverMonitor.Recording;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Privacy;

/// <summary>The durations that a privacy officer is told are the program's.</summary>
public sealed partial class PrivacyInventoryTests
{
    private static readonly string Page = File.ReadAllText(SourceTree.Path("docs", "privacy", "inventory.md"));

    private static readonly RecordingSettings Recording = new();
    private static readonly OutboxLimits Outbox = new();

    public static TheoryData<string> Durations =>
    [
        $"{TripHistory.RetentionDays} days, at most",
        $"an answer holds for {Consent.GoodFor.TotalDays.ToString(CultureInfo.InvariantCulture)} days",
        $"{Recording.MaxAge.TotalDays.ToString(CultureInfo.InvariantCulture)} days (`Recording:MaxAge`)",
        $"{Recording.MaxMegabytes} MB (`Recording:MaxMegabytes`)",
        $"{Days(Outbox.Alert.Expiry)} days at most; for a fleet that confirms, {Days(Outbox.Alert.Keep)} days at most",
        $"the same, {Days(Outbox.Record.Expiry)} days at most",
        $"{Days(Outbox.Trace.Expiry)} day at most",
        $"a new one every {Days(AliasSalts.Used)} days; each {Days(AliasSalts.Used + AliasSalts.Kept)} days in all",
    ];

    [Theory]
    [MemberData(nameof(Durations))]
    public void The_inventory_says(string duration) => Assert.Contains(
        duration, Page, StringComparison.Ordinal);

    /// <summary>Named in the code beside a place, and written by nobody, or not by the service.</summary>
    private static readonly string[] NoStores =
    [
        "appsettings.json", "expert.json", "manifest.json", "models", "models.release", "landmarks.csv", "portrait", "portrait.jpg",
        "setup", "bias-audit.json", "jetson.conf", "drivermonitor.dll", "credentials", "probe", "{drive.Name}.jsonl", "i2c-{bus}",
        ".{Environment.ProcessId}.try", "{Path.GetFileName(path)}.{Environment.ProcessId}.partial",
    ];

    /// <summary>Whoever adds a store tells what it holds.</summary>
    [Fact]
    public void Every_file_that_the_service_keeps_is_in_the_inventory()
    {
        string[] others = ["bin", "obj", "Cli", "Evaluation", "Voice"];
        var kept = Directory.GetDirectories(SourceTree.Path("src", "DriverMonitor"))
            .Where(folder => !others.Contains(Path.GetFileName(folder)))
            .SelectMany(folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => StoredName().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value + match.Groups[2].Value)
            .Except(NoStores)
            .Select(name => Variable().Replace(name, "*").TrimStart('*', '-', '.'))
            .Where(name => name.Length > "json".Length)
            .ToHashSet();

        Assert.True(kept.Count > 20, "The code names its files in another way now.");
        Assert.DoesNotContain(kept, name => !Page.Contains(name, StringComparison.Ordinal));
    }

    /// <summary>Every folder that a setting names for what is kept.</summary>
    [Fact]
    public void Every_folder_of_the_settings_is_in_the_inventory()
    {
        var folders = typeof(MonitorOptions).GetProperties()
            .Where(section => section.PropertyType.GetProperty("Folder") is not null)
            .Select(section => $"`{section.Name}:Folder`")
            .ToList();

        Assert.True(folders.Count >= 4, string.Join(", ", folders));
        Assert.All(folders, folder => Assert.Contains(folder, Page, StringComparison.Ordinal));
    }

    /// <summary>What employer and works council agree on must be what the device does.</summary>
    [Fact]
    public void The_draft_agreements_settings_are_understood()
    {
        var page = File.ReadAllText(SourceTree.Path("docs", "privacy", "works-agreement.md"));
        var file = Path.Combine(Directory.CreateTempSubdirectory("agreement").FullName, "settings.json");
        File.WriteAllText(file, page.Split("```json")[1].Split("```")[0]);

        var settings = MonitorOptions.Load(file);

        Assert.Equal((WireLevel.P1, JudgementProfile.EuWork), (settings.Mqtt.Privacy, settings.Judgement.Profile));
        Assert.Null(settings.Recording.Folder);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static string Days(TimeSpan time) => time.TotalDays.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Path\.Combine\([^;]*?\$?""([^""]+)""\)|""([^"" /]*\.(?:json|jsonl|db|key|log|recording|pem|password|salt|head))""")]
    private static partial Regex StoredName();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Variable();
}
