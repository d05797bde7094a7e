using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Tests.Enrolment;

/// <summary>From an empty machine to a vehicle's first stored event, and out again: both real programs, real certificates.</summary>
public sealed class FirstDayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_enrolled_vehicle_s_events_are_stored_and_after_its_revocation_it_does_not_come_in()
    {
        var fleet = await SetUpAsync();
        using var host = Program.BuildService(fleet);
        await host.StartAsync();
        var (vehicle, file) = (_folder.PathOf("vehicle.json"), _folder.PathOf("veh-0001.json"));
        await Does(Operator.FleetAsync("enrol", "veh-0001", "--out", file, "--config", fleet));
        await File.WriteAllTextAsync(vehicle, $$"""
            { "DriverMonitor": { "Camera": { "Kind": "Url", "Source": "rtsp://127.0.0.1:1/none" }, "Gpio": { "Board": "None" },
                                 "Web": { "Port": {{Loopback.FreePort()}} } } }
            """);
        await Does(VehicleProgram.DoAsync("setup", "--enrol", file, "--config", vehicle));

        await using (var drive = VehicleProgram.Start("run", "--config", vehicle))
        {
            await Eventually.Sees("an event", async () => await CountAsync(host, "select count(*) from event") > 0);
            Assert.Equal("veh-0001", await NameAsync(host));
        }

        await Does(Operator.FleetAsync("revoke", "veh-0001", "--config", fleet));
        await using var again = VehicleProgram.Start("run", "--config", vehicle);
        await Eventually.Sees("a refusal", () => Task.FromResult(
            again.Log.Contains("cannot be reached", StringComparison.Ordinal) || again.Log.Contains("does not let us in", StringComparison.Ordinal)));

        Assert.DoesNotContain("Connected to broker", again.Log, StringComparison.Ordinal);
        await host.StopAsync();
    }

    /// <returns>The settings file.</returns>
    private async Task<string> SetUpAsync()
    {
        var config = _folder.PathOf("fleet.json");
        await Does(Operator.FleetAsync(
            "setup", "localhost", "--tenant", "acme", "--port", $"{Loopback.FreePort()}", "--folder", _folder.PathOf("state"), "--config", config));
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(config))!;
        settings["Fleet"]!["Web"] = new JsonObject { ["Port"] = 0 };
        settings["Fleet"]!["Enrolment"]!["Settings"] = new JsonObject { ["Mqtt:FirstConnectSpread"] = "00:00:00" };
        await File.WriteAllTextAsync(config, settings.ToJsonString());
        return config;
    }

    private static async Task<long> CountAsync(IHost host, string sql)
    {
        await using var connection = await host.Services.GetRequiredService<FleetDatabase>().OpenAsync(FleetDatabase.EveryTenant, default);
        return await connection.ScalarAsync<long>(sql, default);
    }

    private static async Task<string?> NameAsync(IHost host)
    {
        await using var connection = await host.Services.GetRequiredService<FleetDatabase>().OpenAsync(FleetDatabase.EveryTenant, default);
        return await connection.ScalarAsync<string>("select name from vehicle", default);
    }

    private static async Task Does(Task<(int Code, string Output)> verb)
    {
        var (code, output) = await verb;
        Assert.True(code == 0, output);
    }
}
