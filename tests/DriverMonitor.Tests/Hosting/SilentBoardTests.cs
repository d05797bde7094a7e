using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using DriverMonitor.Web;

namespace DriverMonitor.Tests.Hosting;

/// <summary>A vehicle whose installer forgot to name the board: everything works, and nobody would hear it.</summary>
public sealed class SilentBoardTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("silent").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("the board is not named", "")]
    [InlineData("the virtual board is named", """, "Gpio": { "Board": "Virtual" }""")]
    [InlineData("no board is named on purpose", """, "Gpio": { "Board": "None" }""")]
    public async Task A_service_that_nobody_can_hear_is_not_ready_and_says_why(string what, string gpio)
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        var (settings, password, port) = (
            Path.Combine(_folder, "settings.json"), Path.Combine(_folder, "page.password"), Loopback.FreePort());
        PagePassword.Save(password, Password);
        await File.WriteAllTextAsync(settings, $$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" }, "Web": { "Port": {{port}}, "PasswordFile": "{{password}}" },
                "Mqtt": { "Brokers": ["{{broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" }{{gpio}} } }
            """);
        await using var service = RunningProgram.StartAs([("INVOCATION_ID", "0123")], "run", "--config", settings);

        await service.Says("NO BUZZER");
        await Eventually.Sees(
            "the missing buzzer at the fleet",
            () =>
                fleet.Messages.Any(one =>
                    one.Topic.EndsWith("/alert/device", StringComparison.Ordinal)
                    && one.Body.Contains("buzzer_lost", StringComparison.Ordinal)),
            withinSeconds: 60);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Eventually.Sees("the page", () => SignIn(client), withinSeconds: 60);
        await Eventually.Sees(
            $"{what}: the buzzer among the parts",
            () => Get(client, "/api/parts").Contains("buzzer_lost", StringComparison.Ordinal),
            withinSeconds: 60);
        using var ready = await client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Single(Regex.Matches(service.Log, "^<4>Gpio: NO BUZZER: ", RegexOptions.Multiline));

        var (code, output, _) = await TheProgram.RunAsync("check", "--config", settings);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("sudo drivermonitor setup", output, StringComparison.Ordinal);
    }

    private static bool SignIn(HttpClient client)
    {
        try
        {
            return client
                .PostAsJsonAsync("/api/session", new { password = Password })
                .GetAwaiter()
                .GetResult()
                .IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Get(HttpClient client, string path)
    {
        try
        {
            return client.GetStringAsync(path).GetAwaiter().GetResult();
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }
}
