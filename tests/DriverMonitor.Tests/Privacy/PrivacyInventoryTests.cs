using System.Globalization;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Drivers;
using DriverMonitor.Monitoring;
using DriverMonitor.Outbox;
using DriverMonitor.Recording;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Privacy;

/// <summary>The durations that a privacy officer is told are the program's.</summary>
public sealed class PrivacyInventoryTests
{
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
        duration, File.ReadAllText(SourceTree.Path("docs", "privacy", "inventory.md")), StringComparison.Ordinal);

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
}
