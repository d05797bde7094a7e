using System.Collections.Concurrent;
using System.Text.Json;
using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Tests.Hosting;

/// <summary>The whole service on a real broker: the fleet hears what fails in the vehicle, also when it is the link.</summary>
public sealed class PartFailureTests : IDisposable
{
    private static readonly string Portrait = Path.Combine(ModelStore.DefaultFolder(), "portrait");
    private static readonly ServicePart[] Failing = [ServicePart.Clock, ServicePart.Consent, ServicePart.Link];

    private readonly string _folder = Directory.CreateTempSubdirectory("part-failure").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_part_that_fails_while_the_service_runs_is_told_to_the_fleet()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        var (settings, failed, seen) = (Settings(broker), new ConcurrentDictionary<ServicePart, bool>(), new FirstPicture());
        using var host = Program.BuildService(
            settings,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<CameraFactory>(() =>
                    new PortraitCamera(Portrait, PortraitScript.Demo, TimeProvider.System));
                builder.Services.AddSingleton<IEventSink>(seen);
                builder.Services.AddSingleton<FaultInjector>(part =>
                {
                    var isItsTurn = seen.HasCome && Failing.Contains(part) && failed.TryAdd(part, true);
                    if (isItsTurn)
                        throw new NotImplementedException("ordered to fail");
                });
            }
        );

        await host.StartAsync();
        foreach (var part in Failing)
            await Eventually.Sees($"{part} failed, at the fleet", () => Reports(fleet, "part_failed").Contains(part.Name()));
        await host.StopAsync();

        Assert.Empty(Reports(fleet, "part_down"));
    }

    private string Settings(Mosquitto broker)
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, $$"""
            { "DriverMonitor": {
                "Gpio": { "Board": "Virtual" }, "Web": { "Port": {{Loopback.FreePort()}} },
                "Profiles": { "Folder": "{{_folder}}", "Driver": "anna" }, "Outbox": { "Folder": "{{_folder}}" },
                "Mqtt": { "Brokers": ["{{broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001",
                          "FirstConnectSpread": "00:00:00" } } }
            """);
        return file;
    }

    /// <summary>Which parts the fleet was told this of.</summary>
    private static List<string?> Reports(Subscriber fleet, string status) =>
        [.. fleet.Messages.Where(message => message.Topic == "dm/v1/acme/veh-0001/alert/device")
            .Select(message => JsonDocument.Parse(message.Body).RootElement.GetProperty("data"))
            .Where(data => data.TryGetProperty("status", out var said) && said.GetString() == status)
            .Select(data => data.GetProperty("detail").GetString())];

    private sealed class FirstPicture : IEventSink
    {
        private volatile bool _hasCome;

        public bool HasCome => _hasCome;

        public void Emit(in Observation seen, in Outcome outcome) => _hasCome |= seen.Face is not null;
    }
}
