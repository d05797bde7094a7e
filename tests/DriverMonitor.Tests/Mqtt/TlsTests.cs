using DriverMonitor.Configuration;
using DriverMonitor.Core.Events;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using static DriverMonitor.Tests.Support.FleetEar;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>A broker that asks for certificates and takes the vehicle's name from them.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _rogue = new();

    [Fact]
    public async Task A_vehicle_with_our_certificate_may_write_its_own_topics_only()
    {
        await using var broker = await StartAsync();
        await using var fleet = await Fleet(broker.Address, new() { Tls = Tls(_authority, "fleet") });
        await using var vehicle = new TestVehicle(
            broker.Address.Port,
            settings => settings with { Tls = Tls(_authority, "veh-0001") });
        await using var liar = new TestVehicle(
            broker.Address.Port,
            settings => settings with { Tls = Tls(_authority, "veh-0002") });
        await vehicle.Connected();
        await liar.Connected();

        liar.Emit(new MonitorEvent.Alert(default, AlertPhase.Raised, AlertRule.LongLookAway, AlertLevel.Alarm, []));
        await Eventually.Sees(
            "the liar refused", () =>
                liar.Log.Any(line =>
                    line.Contains("/alert/distraction: 0x87", StringComparison.Ordinal)
                    || line.Contains("/status: 0x87", StringComparison.Ordinal)));
        vehicle.Emit(new MonitorEvent.Alert(default, AlertPhase.Raised, AlertRule.EyesClosed, AlertLevel.Alarm, []));

        await Eventually.Sees("the alert", () => Alerts(fleet).Count == 1);
        Assert.EndsWith("/fatigue", Alerts(fleet)[0].Topic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_gets_in_and_we_do_not_talk_to_a_stranger()
    {
        await using var broker = await StartAsync();

        Assert.StartsWith("True", await Check(broker, Tls(_authority, "veh-0001")), StringComparison.Ordinal);
        Assert.StartsWith(
            "False", await Check(broker, Tls(_rogue, "veh-0001") with { CaFile = _authority.CaFile }), StringComparison.Ordinal);
        Assert.StartsWith("False", await Check(broker, new() { CaFile = _authority.CaFile }), StringComparison.Ordinal);
        Assert.StartsWith(
            "False", await Check(broker, Tls(_authority, "veh-0001") with { CaFile = _rogue.CaFile }), StringComparison.Ordinal);
        Assert.StartsWith(
            "False", await Check(broker, Tls(_authority, "veh-0001") with { CaFile = null }), StringComparison.Ordinal);
        Assert.StartsWith("False Mqtt:Tls:CaFile", await Check(broker, new() { CaFile = "/nowhere" }), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _rogue.Dispose();
    }

    private Task<Mosquitto> StartAsync() => Mosquitto.StartAsync(folder =>
    {
        var (certificate, key) = _authority.Issue("broker");
        var access = Path.Combine(folder.FullName, "access");
        File.WriteAllText(access, "pattern write dm/v1/acme/%u/#\n\nuser fleet\ntopic read dm/#\n");
        return $"cafile {_authority.CaFile}\ncertfile {certificate}\nkeyfile {key}\n"
            // Without the third, any vehicle could throw another one out by connecting with its client id.
            + $"require_certificate true\nuse_identity_as_username true\nuse_username_as_clientid true\nallow_anonymous false\nacl_file {access}";
    });

    private static TlsSettings Tls(TestAuthority authority, string name)
    {
        var (certificate, key) = authority.Issue(name);
        return new() { CaFile = authority.CaFile, CertificateFile = certificate, KeyFile = key };
    }

    private static async Task<string> Check(Mosquitto broker, TlsSettings tls)
    {
        var settings = new MqttSettings { Brokers = [broker.Address.ToString()], Tls = tls };
        var line = Assert.Single(await BrokerProbe.CheckAsync(settings, TimeProvider.System, CancellationToken.None));
        return $"{line.Ok} {line.Text}";
    }
}
