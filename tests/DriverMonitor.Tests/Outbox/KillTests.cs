using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Outbox;

/// <summary>kill -9 again and again while alerts are stored and published, with a real broker and a real subscriber.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly int Kills = LongForm.IsWanted ? 1_000 : 25;

    private readonly string _folder = Directory.CreateTempSubdirectory("kills").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task No_alert_that_was_on_the_disk_is_lost_and_none_comes_under_two_names()
    {
        await using var broker = await Mosquitto.StartAsync(_ => "allow_anonymous true\nmax_queued_messages 0");
        await using var fleet = await FleetEar.Fleet(broker.Address);
        var random = new Random(20_261_122);
        var stored = new List<int>();
        for (var kill = 0; kill < Kills; kill++)
        {
            // Every other one while it starts, from the first file it opens on; the rest in a steady exchange with the broker,
            // however slow the machine is.
            var patience = TimeSpan.FromMilliseconds(random.Next(150, 1_500));
            stored.AddRange(await RunAndKillAsync(broker.Address.Port, kill * 1_000, patience, waitsForAlert: kill % 2 == 1));
        }

        await DrainAsync(broker.Address.Port);
        var last = $"\"mono\":{stored[^1]}000,";
        await Eventually.Sees(
            "the last alert at the fleet",
            () => FleetEar.Alerts(fleet).Exists(e => e.Body.Contains(last, StringComparison.Ordinal)));

        var heard = FleetEar.Alerts(fleet).Select(Read).ToList();
        var once = heard.DistinctBy(e => e.Id).ToList();
        Assert.True(stored.Count > Kills, $"Only {stored.Count} alerts were stored in {Kills} runs.");
        var numbers = once.Where(e => e.Number is not null).Select(e => e.Number!.Value).ToList();
        Assert.Empty(stored.Except(numbers));
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.Single(once.Select(e => e.Epoch).Distinct());
        // In order and without a hole: whatever was given a number came.
        Assert.Equal(Enumerable.Range(1, once.Count).Select(n => (long)n), once.Select(e => e.Seq));
    }

    private async Task<List<int>> RunAndKillAsync(int port, int first, TimeSpan patience, bool waitsForAlert)
    {
        using var vehicle = KillableVehicle.Start("send", _folder, $"{port}", $"{first}");
        var begin = "";
        if (waitsForAlert)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            begin = await vehicle.StandardOutput.ReadLineAsync(limit.Token) + "\n";
        }

        var output = vehicle.StandardOutput.ReadToEndAsync();
        await Task.Delay(patience);
        vehicle.Kill();
        await vehicle.WaitForExitAsync();
        // What was cut off in the middle of a line was never said.
        var said = begin + await output;
        return
        [
            .. said[..(said.LastIndexOf('\n') + 1)]
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => int.Parse(line, CultureInfo.InvariantCulture)),
        ];
    }

    private async Task DrainAsync(int port)
    {
        using var vehicle = KillableVehicle.Start("drain", _folder, $"{port}");
        await vehicle.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(6)).Token);
        Assert.True(vehicle.ExitCode == 0, await vehicle.StandardError.ReadToEndAsync());
    }

    private static (string Id, string Epoch, long Seq, int? Number) Read(Received alert)
    {
        using var json = JsonDocument.Parse(alert.Body);
        var root = json.RootElement;
        return (root.GetProperty("id").GetString()!, root.GetProperty("epoch").GetString()!, root.GetProperty("seq").GetInt64(),
            // Where a time server keeps the machine's clock there are clock fixes among the alerts.
            alert.Topic.EndsWith("/fatigue", StringComparison.Ordinal) ? root.GetProperty("mono").GetInt32() / 1000 : null);
    }
}
