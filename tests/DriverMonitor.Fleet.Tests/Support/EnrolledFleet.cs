using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>
/// A receiver as <c>setup</c> leaves it, in this process: its own authority, TLS, marks; and vehicles that <c>enrol</c> let in.
/// </summary>
internal sealed class EnrolledFleet : IAsyncDisposable
{
    /// <summary>A vehicle whose camera is missing has something to report at every start.</summary>
    public const string NoCamera = """{ "Kind": "Url", "Source": "rtsp://127.0.0.1:1/none" }""";

    private readonly TemporaryFolder _folder;

    private EnrolledFleet(TemporaryFolder folder, IHost host) => (_folder, Host) = (folder, host);

    public IHost Host { get; }

    public static async Task<EnrolledFleet> StartAsync(TemporaryFolder folder)
    {
        var config = folder.PathOf("fleet.json");
        var code = await Program.Main(
            ["setup", "localhost", "--tenant", "acme", "--port", $"{Loopback.FreePort()}", "--folder", folder.PathOf("state"), "--config", config]);
        Assert.Equal(ExitCode.Fine, code);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(config))!;
        settings["Fleet"]!["Web"] = new JsonObject { ["Port"] = 0 };
        settings["Fleet"]!["Enrolment"]!["Settings"] = new JsonObject { ["Mqtt:FirstConnectSpread"] = "00:00:00" };
        await File.WriteAllTextAsync(config, settings.ToJsonString());
        var host = Program.BuildService(config);
        await host.StartAsync();
        return new(folder, host);
    }

    /// <summary>Enrols a vehicle and takes the file in on its side.</summary>
    /// <param name="camera">The vehicle's section <c>Camera</c>, JSON.</param>
    /// <param name="ago">So long ago; its certificate ends so much earlier.</param>
    /// <returns>The vehicle's settings file, and the folder of its state.</returns>
    public async Task<(string Settings, string State)> EnrolAsync(string vehicle, string camera, TimeSpan ago = default)
    {
        var (settings, file) = (_folder.PathOf($"{vehicle}.settings.json"), _folder.PathOf($"{vehicle}.json"));
        var state = _folder.PathOf($"{vehicle}.state");
        await File.WriteAllTextAsync(file, await IssueAsync(vehicle, ago));
        await File.WriteAllTextAsync(settings, $$"""
            { "DriverMonitor": { "Camera": {{camera}}, "Gpio": { "Board": "None" }, "Fleet": { "Folder": "{{state}}" },
                                 "Web": { "Port": {{Loopback.FreePort()}} } } }
            """);
        var (code, output) = await VehicleProgram.DoAsync("setup", "--enrol", file, "--config", settings);
        Assert.True(code == 0, output);
        return (settings, state);
    }

    public async Task<long> CountAsync(string sql)
    {
        var database = Host.Services.GetRequiredService<FleetDatabase>();
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, default);
        return await connection.ScalarAsync<long>(sql, default);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        Host.Dispose();
    }

    /// <summary>What <c>enrol</c> would have written then.</summary>
    private async Task<string> IssueAsync(string vehicle, TimeSpan ago)
    {
        var then = new FakeTimeProvider(TimeProvider.System.GetUtcNow() - ago);
        var issued = new IssuedCertificates(Host.Services.GetRequiredService<FleetDatabase>(), then);
        return await new Enroller(
            Host.Services.GetRequiredService<EnrolmentOptions>(), issued, Host.Services.GetRequiredService<MarkKey>(), then)
            .EnrolAsync(new("acme", vehicle), isAgain: false, default);
    }
}
