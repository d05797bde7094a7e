using DriverMonitor.Configuration;
using DriverMonitor.Core.Events;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using static DriverMonitor.Tests.Support.FleetEar;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>The broker we tell operators to run: who may do what, tried against the real one.</summary>
public sealed class DeployedBrokerTests
{
    [Fact]
    public async Task A_vehicle_speaks_for_itself_only_and_hears_only_its_own_orders()
    {
        await using var broker = await FleetBroker.StartAsync();
        Certify(broker, "vehicle veh-0001", "vehicle veh-0002", "user fleet.viewer", "user fleet.command");
        await using var fleet = await Fleet(broker.Address, new() { Tls = broker.Of("fleet.viewer") });
        await using var vehicle = new TestVehicle(
            broker.Address.Port, settings => settings with { Tls = broker.Of("veh-0001") }, listen: true);
        await vehicle.Connected();

        vehicle.Emit(new MonitorEvent.Alert(default, AlertPhase.Raised, AlertRule.EyesClosed, AlertLevel.Alarm, []));
        await Eventually.Sees("the vehicle's own alert", () => Alerts(fleet).Count == 1);
        Assert.Contains(
            "Not authorized", await Publish(broker, "veh-0002", $"{TestVehicle.Root}/alert/fatigue"), StringComparison.Ordinal);
        Assert.Contains(
            "Not authorized", await Publish(broker, "veh-0002", $"{TestVehicle.Root}/cmd/erase"), StringComparison.Ordinal);

        await Publish(broker, "fleet.command", "dm/v1/acme/veh-0002/cmd/erase");
        await Publish(broker, "fleet.command", $"{TestVehicle.Root}/cmd/locate-fault");
        await Eventually.Sees("the order", () => vehicle.Orders.Count > 0);
        Assert.EndsWith("/cmd/locate-fault", Assert.Single(vehicle.Orders).Topic, StringComparison.Ordinal);
        Assert.Equal(0, vehicle.Uplink.Link.Refusals);
        Assert.Single(Alerts(fleet));
    }

    [Fact]
    public async Task A_vehicle_that_asks_for_everything_hears_nothing()
    {
        await using var broker = await FleetBroker.StartAsync();
        Certify(broker, "vehicle veh-0001", "vehicle veh-0002");
        await using var vehicle = new TestVehicle(broker.Address.Port, settings => settings with { Tls = broker.Of("veh-0001") });
        await vehicle.Connected();

        // The birth of the other is retained: whoever may read it hears it at once.
        var (_, said) = await broker.TryAsync("mosquitto_sub", broker.Of("veh-0002"), "-t", "#", "-W", "2");

        Assert.DoesNotContain("online", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_watch_can_neither_raise_an_alert_nor_give_an_order()
    {
        await using var broker = await FleetBroker.StartAsync();
        Certify(broker, "user fleet.viewer", "user fleet.command");

        Assert.Contains(
            "Not authorized",
            await Publish(broker, "fleet.viewer", $"{TestVehicle.Root}/alert/fatigue"),
            StringComparison.Ordinal);
        Assert.Contains(
            "Not authorized", await Publish(broker, "fleet.viewer", $"{TestVehicle.Root}/cmd/erase"), StringComparison.Ordinal);
        Assert.Contains(
            "Not authorized",
            await Publish(broker, "fleet.command", $"{TestVehicle.Root}/alert/fatigue"),
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Not authorized", await Publish(broker, "fleet.command", $"{TestVehicle.Root}/cmd/erase"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_and_one_without_a_certificate_are_not_let_in()
    {
        await using var broker = await FleetBroker.StartAsync();
        Certify(broker, "vehicle veh-0001");
        using var rogue = new TestAuthority();
        var (certificate, key) = rogue.Issue("veh-0001");
        var ours = broker.Of("veh-0001");

        Assert.StartsWith("True", await Check(broker, ours), StringComparison.Ordinal);
        Assert.StartsWith(
            "False", await Check(broker, ours with { CertificateFile = certificate, KeyFile = key }), StringComparison.Ordinal);
        Assert.StartsWith("False", await Check(broker, new() { CaFile = ours.CaFile }), StringComparison.Ordinal);
        Assert.StartsWith("False", await Check(broker, broker.Of("broker")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_was_taken_back_opens_nothing_after_a_reload()
    {
        await using var broker = await FleetBroker.StartAsync();
        Certify(broker, "vehicle veh-0001", "vehicle veh-0002");
        Assert.StartsWith("True", await Check(broker, broker.Of("veh-0001")), StringComparison.Ordinal);

        broker.Certify("revoke", "veh-0001");
        broker.Reload();

        await Eventually.Sees(
            "the refusal", () => Check(broker, broker.Of("veh-0001")).Result.StartsWith("False", StringComparison.Ordinal));
        Assert.StartsWith("True", await Check(broker, broker.Of("veh-0002")), StringComparison.Ordinal);
        Assert.Contains("not revoked?", await Check(broker, broker.Of("veh-0001")), StringComparison.Ordinal);
    }

    private static void Certify(FleetBroker broker, params string[] each)
    {
        foreach (var what in each) broker.Certify(what.Split(' '));
    }

    private static async Task<string> Publish(FleetBroker broker, string who, string topic) =>
        (await broker.TryAsync("mosquitto_pub", broker.Of(who), "-q", "1", "-t", topic, "-m", "{}", "-d")).Said;

    private static async Task<string> Check(FleetBroker broker, TlsSettings tls)
    {
        var settings = new MqttSettings { Brokers = [broker.Address.ToString()], Tls = tls };
        var line = Assert.Single(await BrokerProbe.CheckAsync(settings, TimeProvider.System, CancellationToken.None));
        return $"{line.Ok} {line.Text}";
    }
}
