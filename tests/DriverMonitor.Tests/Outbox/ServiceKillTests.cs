using System.Diagnostics;
using System.Text.Json;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Outbox;

/// <summary>
/// The whole service, killed and on a wrong clock. Its camera is missing, which gives it something to report at every start.
/// </summary>
public sealed class ServiceKillTests : IDisposable
{
    private static readonly int Kills = LongForm.IsWanted ? 40 : 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("service").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Killed_again_and_again_it_goes_on_where_it_was()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        var config = Configure(broker.Address);
        var random = new Random(20_261_122);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var service = TheProgram.Start("run", "--config", config);
            await Task.Delay(random.Next(1_000, 4_000));
            service.Kill();
            await service.WaitForExitAsync();
        }

        var starts = Starts();
        using var last = TheProgram.Start("run", "--config", config);
        await Eventually.Sees("news of the last start", () => Events(fleet).Any(e => e.Boot == starts + 1), withinSeconds: 60);
        Stop(last);
        await last.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        Assert.Equal(0, last.ExitCode);

        var once = Events(fleet).DistinctBy(e => e.Id).ToList();
        Assert.Single(once.Select(e => e.Epoch).Distinct());
        Assert.Equal(Enumerable.Range(1, once.Count), once.Select(e => e.Seq));
        Assert.Equal(once.Select(e => e.Boot), once.Select(e => e.Boot).Order());
    }

    [Fact]
    public async Task On_a_clock_of_1970_it_says_that_the_time_is_wrong_and_counts_its_own()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        using var service = Process.Start(
            new ProcessStartInfo(
                "faketime",
                [
                    "-m",
                    "--exclude-monotonic",
                    "-f",
                    "@1970-01-01 00:10:00",
                    "dotnet",
                    Path.Combine(AppContext.BaseDirectory, "drivermonitor.dll"),
                    "run",
                    "--config",
                    Configure(broker.Address),
                ])
            {
                // Only the time of day is wrong on a board without a battery; without the second, waits never end under faketime.
                Environment = { ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0", ["TZ"] = "UTC" },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        // The first news is of the start itself, at zero.
        await Eventually.Sees("the loss of the camera", () => Events(fleet).Exists(e => e.Mono > 0), withinSeconds: 60);
        service.Kill(entireProcessTree: true);
        await service.WaitForExitAsync();

        Assert.All(Events(fleet), news =>
        {
            Assert.Equal(("unset", 1970), (news.Clock, news.Time.Year));
            Assert.InRange(news.Mono, 0, 60_000);
        });
    }

    private string Configure(BrokerAddress broker)
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, $$"""
            { "DriverMonitor": {
                "Camera": { "Source": "/dev/video99" },
                "Outbox": { "Folder": "{{_folder}}/state" },
                "Mqtt": { "Brokers": ["{{broker}}"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" } } }
            """);
        return file;
    }

    /// <summary>As the vehicle counts them; a start that was killed early may not have come so far.</summary>
    private int Starts() =>
        File.Exists($"{_folder}/state/boot")
            ? int.Parse(File.ReadAllText($"{_folder}/state/boot"), System.Globalization.CultureInfo.InvariantCulture)
            : 0;

    private static void Stop(Process service)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{service.Id}"]);
        kill.WaitForExit();
    }

    private static List<(string Id, string Epoch, int Seq, int Boot, string Clock, DateTimeOffset Time, long Mono)> Events(
        Subscriber fleet) =>
        [
            .. fleet
                .Messages.Where(m => m.ContentType == "application/cloudevents+json")
                .Select(m => Read(JsonDocument.Parse(m.Body).RootElement)),
        ];

    private static (string, string, int, int, string, DateTimeOffset, long) Read(JsonElement e) =>
        (
            e.GetProperty("id").GetString()!,
            e.GetProperty("epoch").GetString()!,
            e.GetProperty("seq").GetInt32(),
            e.GetProperty("boot").GetInt32(),
            e.GetProperty("clock").GetString()!,
            e.GetProperty("time").GetDateTimeOffset(),
            e.GetProperty("mono").GetInt64());
}
