using System.Runtime.CompilerServices;
using DriverMonitor.Fleet.Rights;

namespace DriverMonitor.Fleet.Tests.Rights;

/// <summary>The durations that a privacy officer is told are the receiver's.</summary>
public sealed class PrivacyPageTests
{
    private static readonly RetentionOptions Retention = new();

    public static TheoryData<string> Rows =>
    [
        $"| events and episodes, as the vehicle sent them | {Retention.Events} days |",
        $"| counts by the hour, findings, orders, heads of audit logs | {Retention.Counts} days |",
        $"| who looked at what, receipts of erasures | {Retention.Audit} days |",
        $"| messages to webhooks | {Retention.Deliveries} days |",
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_inventory_says(string row) => Assert.Contains(row, File.ReadAllText(Inventory()), StringComparison.Ordinal);

    private static string Inventory([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "../../../docs/privacy/inventory.md");
}
