using DriverMonitor.Fleet.Intake;

namespace DriverMonitor.Fleet.Tests.Intake;

/// <summary>The rules of deploy/mosquitto/vehicles.acl, in code.</summary>
public sealed class BrokerAclTests
{
    [Theory]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/status", true)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/state", true)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/health", true)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/trip", true)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/audit", true)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/alert/fatigue", true)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/cmdack/hwm", true)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0002/alert/fatigue", false)]
    [InlineData("veh-0001", "dm/v1/beta/veh-0001/alert/fatigue", false)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/cmd/erase", false)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/status/more", false)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/alert", false)]
    [InlineData("veh-0001", "dm/v1/acme/+/alert/fatigue", false)]
    [InlineData("veh-0001", "$SYS/broker", false)]
    [InlineData("veh-0001", "", false)]
    [InlineData("fleet.viewer", "dm/v1/acme/veh-0001/alert/fatigue", false)]
    [InlineData("fleet.viewer", "dm/v1/acme/fleet.viewer/status", false)]
    [InlineData("fleet.command", "dm/v1/acme/veh-0001/cmd/erase", true)]
    [InlineData("fleet.command", "dm/v1/beta/veh-0001/cmd/erase", false)]
    [InlineData("fleet.command", "dm/v1/acme/veh-0001/alert/fatigue", false)]
    public void Who_may_publish_where(string user, string topic, bool may) =>
        Assert.Equal(may, BrokerAcl.MayPublish(new("acme", user), topic));

    [Theory]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/cmd/#", true)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0001/in/#", true)]
    [InlineData("veh-0001", "dm/v1/acme/veh-0002/cmd/#", false)]
    [InlineData("veh-0001", "dm/v1/acme/+/cmd/#", false)]
    [InlineData("veh-0001", "#", false)]
    [InlineData("veh-0001", "$share/x/dm/v1/acme/veh-0001/cmd/#", false)]
    [InlineData("fleet.viewer", "dm/v1/acme/#", true)]
    [InlineData("fleet.viewer", "dm/v1/beta/#", false)]
    [InlineData("fleet.viewer", "dm/v1/#", false)]
    [InlineData("fleet.command", "dm/v1/acme/+/cmdack/#", true)]
    [InlineData("fleet.command", "dm/v1/acme/#", false)]
    [InlineData("fleet.stranger", "dm/v1/acme/#", false)]
    public void Who_may_read_what(string user, string filter, bool may) =>
        Assert.Equal(may, BrokerAcl.MaySubscribe(new("acme", user), filter));
}
