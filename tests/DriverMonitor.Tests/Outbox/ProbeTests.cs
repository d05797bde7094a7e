using DriverMonitor.Configuration;
using DriverMonitor.Outbox;

namespace DriverMonitor.Tests.Outbox;

/// <summary>What <c>check</c> says of the store, also beside a running service.</summary>
public sealed class ProbeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("probe").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Says_in_one_line_how_the_store_is()
    {
        Assert.StartsWith("True Outbox:Folder is empty", Check(null), StringComparison.Ordinal);
        Assert.Contains("no queue there yet", Check(_folder), StringComparison.Ordinal);
        using (var running = new TestOutbox(_folder))
        {
            await running.Add(2);
            Assert.Contains("2 events wait", Check(_folder), StringComparison.Ordinal);
            await running.Add();
            Assert.Equal("1 2 3", running.Waiting());
        }

        await File.WriteAllTextAsync(StoreFolder.DatabaseIn(_folder), new string('x', 9_000));
        Assert.StartsWith("False the queue in", Check(_folder), StringComparison.Ordinal);
        Assert.StartsWith("False /proc/nowhere cannot be written", Check("/proc/nowhere"), StringComparison.Ordinal);
    }

    private static string Check(string? folder)
    {
        var line = OutboxProbe.Check(new() { Folder = folder });
        Assert.DoesNotContain('\n', line.Text);
        return $"{line.Ok} {line.Text}";
    }
}
