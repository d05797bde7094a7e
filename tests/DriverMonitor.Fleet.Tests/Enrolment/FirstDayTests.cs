using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Fleet.Tests.Enrolment;

/// <summary>From an empty machine to a vehicle's first stored event, and out again: both real programs, real certificates.</summary>
public sealed class FirstDayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_vehicle_is_enrolled_stored_renewed_over_the_link_without_hands_and_turned_away_when_it_was_revoked()
    {
        using var host = Program.BuildService(await SetUpAsync());
        await host.StartAsync();
        var (vehicle, file) = (_folder.PathOf("vehicle.json"), _folder.PathOf("veh-0001.json"));
        await File.WriteAllTextAsync(file, await EnrolledAgoAsync(host, TimeSpan.FromDays(70)));
        await File.WriteAllTextAsync(vehicle, VehicleSettings());
        var (code, output) = await VehicleProgram.DoAsync("setup", "--enrol", file, "--config", vehicle);
        Assert.True(code == 0, output);
        var own = Directory.GetFiles(_folder.PathOf("state"), "vehicle.pem", SearchOption.AllDirectories).Single();
        Assert.InRange(EndOf(own), 19, 21);

        await using (VehicleProgram.Start("run", "--config", vehicle))
        {
            await Eventually.Sees("an event", async () => await CountAsync(host, "select count(*) from event") > 0);
            await Eventually.Sees("the next certificate", () => Task.FromResult(EndOf(own) > 80));
            await Eventually.Sees("the answer", async () => await CountAsync(host, "select count(*) from event where type = 8") > 0);
        }

        Assert.Equal(2, await CountAsync(host, "select count(*) from certificate"));
        Assert.Equal(2, await host.Services.GetRequiredService<IssuedCertificates>().RevokeAsync(new("acme", "veh-0001"), default));
        await host.Services.GetRequiredService<Enroller>().WriteRevokedAsync(default);
        await using var again = VehicleProgram.Start("run", "--config", vehicle);
        await Eventually.Sees("a refusal", () => Task.FromResult(
            again.Log.Contains("cannot be reached", StringComparison.Ordinal) || again.Log.Contains("does not let us in", StringComparison.Ordinal)));

        Assert.DoesNotContain("Connected to broker", again.Log, StringComparison.Ordinal);
        await host.StopAsync();
    }

    /// <summary>What <c>enrol</c> would have written then.</summary>
    private static async Task<string> EnrolledAgoAsync(IHost host, TimeSpan ago)
    {
        var then = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - ago);
        var issued = new IssuedCertificates(host.Services.GetRequiredService<FleetDatabase>(), then);
        return await new Enroller(
            host.Services.GetRequiredService<EnrolmentOptions>(), issued, host.Services.GetRequiredService<MarkKey>(), then)
            .EnrolAsync(new("acme", "veh-0001"), isAgain: false, default);
    }

    private static double EndOf(string file)
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
        return (certificate.NotAfter - TimeProvider.System.GetLocalNow().DateTime).TotalDays;
    }

    private static string VehicleSettings() => $$"""
        { "DriverMonitor": { "Camera": { "Kind": "Url", "Source": "rtsp://127.0.0.1:1/none" }, "Gpio": { "Board": "None" },
                             "Web": { "Port": {{Loopback.FreePort()}} } } }
        """;

    /// <returns>The settings file.</returns>
    private async Task<string> SetUpAsync()
    {
        var config = _folder.PathOf("fleet.json");
        var code = await Program.Main(
            ["setup", "localhost", "--tenant", "acme", "--port", $"{Loopback.FreePort()}", "--folder", _folder.PathOf("state"), "--config", config]);
        Assert.Equal(ExitCode.Fine, code);
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
}
