using System.Globalization;
using System.Text.Json;
using DriverMonitor.Camera;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Tests.Support;
using Microsoft.Data.Sqlite;

namespace DriverMonitor.Tests.Outbox;

/// <summary>
/// The whole service, killed at random moments while a driver falls asleep again and again: camera, networks, judgement, outbox,
/// link and a real broker. What its store held at the moment of each death is read from a copy, and must reach the fleet.
/// </summary>
public sealed class AlertKillTests(Xunit.Abstractions.ITestOutputHelper output) : IDisposable
{
    /// <summary>Vehicles side by side, each with its own store: most of a round is waiting for a start.</summary>
    private const int Vehicles = 4;

    private static readonly int Kills =
        int.TryParse(Environment.GetEnvironmentVariable("DRIVERMONITOR_KILLS"), CultureInfo.InvariantCulture, out var wanted)
            ? wanted
        : LongForm.IsWanted ? 200
        : 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("alert-kills").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Killed_while_alerts_rise_none_is_lost_and_none_comes_under_two_names()
    {
        // Read as a file it is judged faster than it was driven, so alerts rise several times a second.
        var clip = Path.Combine(_folder, "sleepy.mp4");
        PortraitClip.Make(PortraitScript.Sleepy(times: 8), clip);
        await using var broker = await Mosquitto.StartAsync(_ => "allow_anonymous true\nmax_queued_messages 0");
        await using var fleet = await FleetEar.Fleet(broker.Address);

        var lives = await Task.WhenAll(Enumerable.Range(1, Vehicles).Select(number => LiveAsync(number, clip, broker, fleet)));

        output.WriteLine($"{lives.Sum(life => life.Kills)} kills, {lives.Sum(life => life.Stored.Count)} events on the disk at a death, "
            + $"{lives.Sum(life => life.Alerts)} alerts reached the fleet, {lives.Sum(life => life.Repeats)} repeats.");
        // Of a vehicle that is killed twice both deaths may come before its first alert; of all together they do not.
        Assert.True(lives.Sum(life => life.Alerts) > lives.Sum(life => life.Kills), "Too few alerts rose for the number of kills.");
    }

    private async Task<Life> LiveAsync(int number, string clip, Mosquitto broker, Subscriber fleet)
    {
        var vehicle = $"veh-{number:0000}";
        var state = Path.Combine(_folder, vehicle);
        var config = Configure(vehicle, state, clip, broker.Address);
        var random = new Random(20_261_130 + number);
        var stored = new HashSet<string>();
        var kills = Math.Max(1, Kills / Vehicles);
        for (var kill = 0; kill < kills; kill++)
        {
            await RunAndKillAsync(config, random);
            stored.UnionWith(WaitingIn(state));
        }

        await using var last = RunningProgram.Start("run", "--config", config);
        await Eventually.Sees(
            $"all that {vehicle} had stored, and an alert of the last start", () =>
                last.HasExited
                || (
                    stored.IsSubsetOf(Heard(fleet, vehicle).Select(e => e.Id))
                    && last.Log.Contains("Alert ", StringComparison.Ordinal)),
            withinSeconds: 300);
        await last.StopAsync();
        return Judge(vehicle, kills, stored, Heard(fleet, vehicle));
    }

    private static async Task RunAndKillAsync(string config, Random random)
    {
        // One life in five ends while it starts; the others when a few alerts have risen.
        var alerts = random.Next(5) == 0 ? 0 : random.Next(1, 5);
        var patience = TimeSpan.FromMilliseconds(random.Next(alerts == 0 ? 1_500 : 150));
        await using var service = RunningProgram.Start("run", "--config", config);
        await Eventually.Sees(
            $"{alerts} alerts", () => service.HasExited || service.Log.Split("Alert ").Length > alerts, withinSeconds: 300);
        await Task.Delay(patience);
        await service.KillAsync();
    }

    private static Life Judge(string vehicle, int kills, HashSet<string> stored, List<Happened> heard)
    {
        var once = heard.DistinctBy(e => e.Id).OrderBy(e => e.Seq).ToList();
        Assert.Empty(stored.Except(once.Select(e => e.Id)));
        Assert.Single(once.Select(e => e.Epoch).Distinct());
        // Without a hole: whatever was given a number came.
        Assert.Equal(Enumerable.Range(1, once.Count).Select(n => (long)n), once.Select(e => e.Seq));
        var alerts = once.Where(e => e.Episode is not null).ToList();
        Assert.Equal(alerts.Count, alerts.DistinctBy(e => (e.Boot, e.Episode, e.Type, e.Mono)).Count());
        Assert.Equal(alerts.Select(e => (e.Boot, e.Mono)), alerts.Select(e => (e.Boot, e.Mono)).Order());
        Assert.True(alerts.Count > 0, $"{vehicle} never raised an alert.");
        return new(kills, stored, alerts.Count, heard.Count - once.Count);
    }

    /// <summary>
    /// The names of what waits in a store as the dead left it, read from a copy: the next start finds it untouched.
    /// </summary>
    private static List<string> WaitingIn(string state)
    {
        var database = StoreFolder.DatabaseIn(state);
        if (!File.Exists(database)) return [];
        var copy = Directory.CreateTempSubdirectory("alert-kills-copy").FullName;
        try
        {
            foreach (var suffix in new[] { "", "-wal" })
            {
                if (File.Exists(database + suffix)) File.Copy(database + suffix, Path.Combine(copy, $"events.db{suffix}"));
            }

            using var store = new SqliteConnection($"Data Source={copy}/events.db;Pooling=False");
            store.Open();
            using var ask = store.CreateCommand();
            ask.CommandText = "SELECT body FROM q WHERE state = 0 AND length(body) > 0 AND topic NOT LIKE '%/state'";
            using var row = HasTable(store) ? ask.ExecuteReader() : null;
            var found = new List<string>();
            while (row?.Read() == true)
                found.Add(JsonDocument.Parse(row.GetFieldValue<byte[]>(0)).RootElement.GetProperty("id").GetString()!);
            return found;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>A start that was killed early has made an empty file.</summary>
    private static bool HasTable(SqliteConnection store)
    {
        using var ask = store.CreateCommand();
        ask.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'q'";
        return (long)ask.ExecuteScalar()! == 1;
    }

    private string Configure(string vehicle, string state, string clip, BrokerAddress broker)
    {
        var file = Path.Combine(_folder, $"{vehicle}.json");
        File.WriteAllText(file, $$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "File", "Source": "{{clip}}" },
                "Web": { "Enabled": false },
                "Outbox": { "Folder": "{{state}}" },
                "Mqtt": { "Brokers": ["{{broker}}"], "Tenant": "acme", "Vehicle": "{{vehicle}}", "FirstConnectSpread": "00:00:00" } } }
            """);
        return file;
    }

    private static List<Happened> Heard(Subscriber fleet, string vehicle) =>
        [
            .. fleet
                .Messages.Where(m => m.Topic.Split('/')[3] == vehicle && m.ContentType == "application/cloudevents+json")
                .Select(m => Read(JsonDocument.Parse(m.Body).RootElement)),
        ];

    private static Happened Read(JsonElement e) =>
        new(
            e.GetProperty("id").GetString()!,
            e.GetProperty("epoch").GetString()!,
            e.GetProperty("seq").GetInt64(),
            e.GetProperty("boot").GetInt32(),
            e.GetProperty("mono").GetInt64(),
            e.GetProperty("type").GetString()!,
            e.GetProperty("data").TryGetProperty("episode", out var episode) ? episode.GetString() : null);

    private sealed record Happened(string Id, string Epoch, long Seq, int Boot, long Mono, string Type, string? Episode);

    private sealed record Life(int Kills, HashSet<string> Stored, int Alerts, int Repeats);
}
