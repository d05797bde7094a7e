using DriverMonitor.Cli;
using DriverMonitor.Configuration;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Cli;

/// <summary>What <c>check</c> tells an installer of heart and vehicle.</summary>
public sealed class InputChecksTests
{
    [Fact]
    public async Task Nothing_configured_is_said_and_no_fault()
    {
        var (heart, vehicle) = await Check(new());
        Assert.True(heart.Ok && vehicle.Ok);
        Assert.Contains("judged as faster than 50 km/h", vehicle.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gpsd_says_its_release_and_whether_there_is_a_fix()
    {
        await using var gpsd = await Gpsd.StartAsync();
        var (_, vehicle) = await Check(new() { Vehicle = new() { Gpsd = new() { Host = "127.0.0.1", Port = gpsd.Port } } });
        Assert.True(vehicle.Ok, vehicle.Text);
        Assert.Matches("^gpsd 3.* at 127.0.0.1:[0-9]+: (a fix, [0-9]+ km/h|no fix yet.*)$", vehicle.Text);
    }

    [Fact]
    public async Task A_missing_gpsd_is_a_fault()
    {
        var (_, vehicle) = await Check(
            new()
            {
                Vehicle = new()
                {
                    Gpsd = new() { Host = "127.0.0.1", Port = Loopback.FreePort() },
                },
            }
        );
        Assert.False(vehicle.Ok);
        Assert.Contains("cannot be reached", vehicle.Text, StringComparison.Ordinal);
    }

    //  what the gateway sends                  ok      what the line says
    [Theory]
    [InlineData("""{"speedKmh":50}""", true, "is heard")]
    [InlineData("""{"speedKmh":-50}""", false, "'speedKmh' is not 0 to 400")]
    [InlineData(null, false, "nothing came on dm/v1/local/vehicle-1/in/vehicle")]
    public async Task A_gateway_is_heard_misunderstood_or_silent(string? message, bool ok, string says)
    {
        await using var broker = await Mosquitto.StartAsync();
        using var gateway = message is null
            ? null
            : Mosquitto.Launch(
                "mosquitto_pub",
                "-p",
                $"{broker.Address.Port}",
                "-t",
                "dm/v1/local/vehicle-1/in/vehicle",
                "-m",
                message,
                "--repeat",
                "1000",
                "--repeat-delay",
                "0.1");
        var (_, vehicle) = await Check(new() { Vehicle = new() { Mqtt = At(broker) } });
        gateway?.Kill();
        Assert.True(vehicle.Ok == ok, vehicle.Text);
        Assert.Contains(says, vehicle.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_broker_is_a_fault_and_so_is_none()
    {
        var gone = new GatewaySettings { Enabled = true, Broker = $"127.0.0.1:{Loopback.FreePort()}" };
        var (heart, vehicle) = await Check(
            new()
            {
                HeartRate = new() { Mqtt = gone },
                Vehicle = new() { Mqtt = new() { Enabled = true } },
            }
        );
        Assert.False(heart.Ok || vehicle.Ok);
        Assert.Contains("cannot be reached", heart.Text, StringComparison.Ordinal);
        Assert.Contains("at no broker", vehicle.Text, StringComparison.Ordinal);
    }

    private static GatewaySettings At(Mosquitto broker) => new() { Enabled = true, Broker = broker.Address.ToString() };

    private static async Task<(CheckLine Heart, CheckLine Vehicle)> Check(MonitorOptions settings)
    {
        var lines = await InputChecks.LinesAsync(settings, TimeProvider.System, CancellationToken.None);
        Assert.Equal(["heart", "vehicle"], lines.Select(line => line.Part));
        Assert.All(lines, line => Assert.DoesNotContain('\n', line.Text));
        return (lines[0], lines[1]);
    }
}
