using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Vehicle;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Hosting;

/// <summary>A driver has one heart and a vehicle one speed.</summary>
public sealed class InputSettingsTests
{
    private static readonly GatewaySettings On = new() { Enabled = true, Broker = "localhost" };

    [Fact]
    public void Two_sources_of_one_thing_are_refused_by_name()
    {
        Assert.Null(Fault(new()));
        Assert.Null(
            Fault(
                new()
                {
                    Vehicle = new() { Mqtt = On },
                    HeartRate = new() { Mqtt = On },
                }
            ));
        Assert.Null(
            Fault(
                new()
                {
                    Vehicle = new() { Gpsd = new() { Host = "localhost" } },
                    HeartRate = new() { File = "rr.csv" },
                }
            ));
        Assert.Contains(
            "SpeedKmh and Gpsd",
            Fault(
                new()
                {
                    Vehicle = new()
                    {
                        SpeedKmh = 80,
                        Gpsd = new() { Host = "localhost" },
                    },
                }
            ),
            StringComparison.Ordinal);
        // A gateway and satellites check one another.
        Assert.Null(Fault(new() { Vehicle = new() { Mqtt = On, Gpsd = new() { Host = "localhost" } } }));
        Assert.Contains("one heart", Fault(new() { HeartRate = new() { File = "rr.csv", Mqtt = On } }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mqtt://car", null, null, null, "host:port")]
    [InlineData(null, "car/+", null, null, "one topic")]
    [InlineData(null, "#", null, null, "one topic")]
    [InlineData(null, "", null, null, "one topic")]
    [InlineData("car", null, null, "/etc/password", "needs its User")]
    [InlineData(null, null, "gateway", null, "needs its Broker")]
    public void A_gateway_that_cannot_be_heard_is_refused(
        string? broker, string? topic, string? user, string? password, string says)
    {
        var gateway = new GatewaySettings
        {
            Enabled = true,
            Broker = broker,
            Topic = topic,
            User = user,
            PasswordFile = password,
        };
        Assert.Contains(says, Fault(new() { Vehicle = new() { Mqtt = gateway } }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_sources_that_are_named_are_opened()
    {
        Assert.IsType<MqttHeart>(Heart(new() { Mqtt = On }).Monitor);
        Assert.IsType<GpsdVehicle>(Vehicle(new() { Gpsd = new() { Host = "localhost" } }));

        Assert.Null(Heart(new()).Monitor);
        Assert.IsType<FixedSpeed>(Vehicle(new()));
    }

    [Theory]
    [InlineData(WireLevel.P0, false)]
    [InlineData(WireLevel.P1, false)]
    [InlineData(WireLevel.P2, false)]
    [InlineData(WireLevel.P3, true)]
    public void Where_the_vehicle_is_is_kept_only_to_be_told(WireLevel level, bool kept)
    {
        var vehicle = Vehicle(new() { Mqtt = On }, level);
        ((MqttVehicle)vehicle).Handle("""{"speedKmh":50,"lat":52.1,"lon":4.3}"""u8);
        Assert.Equal(kept, vehicle.Read(default)?.Position is not null);
    }

    private static HeartInput Heart(HeartRateSettings settings) =>
        new(HeartSources.Open(settings, new(), TimeProvider.System, NullLoggerFactory.Instance));

    private static IVehicle Vehicle(VehicleSettings settings, WireLevel level = WireLevel.P1) =>
        VehicleSources.Open(settings, TimeProvider.System, DisclosurePolicy.Of(level, JudgementProfile.Standard)).Vehicle;

    private static string? Fault(MonitorOptions options)
    {
        try
        {
            SettingsFile.Check(options, "test");
            return null;
        }
        catch (ConfigurationException e)
        {
            return e.Message;
        }
    }
}
