using System.Globalization;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Drivers;
using DriverMonitor.Recording;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Privacy;

/// <summary>The durations that a privacy officer is told are the program's.</summary>
public sealed class PrivacyInventoryTests
{
    private static readonly RecordingSettings Recording = new();

    public static TheoryData<string> Durations =>
    [
        $"{TripHistory.RetentionDays} days, at most",
        $"an answer holds for {Consent.GoodFor.TotalDays.ToString(CultureInfo.InvariantCulture)} days",
        $"{Recording.MaxAge.TotalDays.ToString(CultureInfo.InvariantCulture)} days (`Recording:MaxAge`)",
        $"{Recording.MaxMegabytes} MB (`Recording:MaxMegabytes`)",
    ];

    [Theory]
    [MemberData(nameof(Durations))]
    public void The_inventory_says(string duration) => Assert.Contains(
        duration, File.ReadAllText(SourceTree.Path("docs", "privacy", "inventory.md")), StringComparison.Ordinal);
}
