using System.ComponentModel.DataAnnotations;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Mqtt;

public sealed class MqttSettingsTests
{
    [Fact]
    public void Settings_that_cannot_work_are_refused()
    {
        Assert.Empty(Faults(new()));
        Assert.Empty(Faults(new() { Brokers = ["fleet.example:8883", "10.0.0.1", "[::1]:1883"], Tenant = "acme", Vehicle = "veh-0001" }));
        Assert.Single(Faults(new() { Tenant = "Acme" }));
        Assert.Single(Faults(new() { Vehicle = "" }));
        Assert.Single(Faults(new() { Vehicle = "a/b" }));
        Assert.Single(Faults(new() { Vehicle = "veh-0001\n" }));
        Assert.Single(Faults(new() { Vehicle = new string('a', 33) }));
        Assert.Single(Faults(new() { Brokers = ["fleet.example:0"] }));
        Assert.Single(Faults(new() { Brokers = ["mqtt://fleet.example"] }));
        Assert.Single(Faults(new() { PasswordFile = "/etc/password" }));
        Assert.Single(Faults(new() { Tls = new() { CertificateFile = "a.pem" } }));
        Assert.Single(Faults(new() { KeepAlive = TimeSpan.FromSeconds(1) }));
    }

    [Theory]
    [InlineData("fleet.example", false, "fleet.example:1883")]
    [InlineData("fleet.example", true, "fleet.example:8883")]
    [InlineData("fleet.example:1234", true, "fleet.example:1234")]
    [InlineData("[::1]:1884", false, "[::1]:1884")]
    [InlineData("fleet.example:", false, null)]
    [InlineData(":1883", false, null)]
    [InlineData("fleet.example:99999", false, null)]
    public void A_broker_is_a_host_and_a_port(string text, bool tls, string? expected) =>
        Assert.Equal(expected, BrokerAddress.TryParse(text, tls, out var address) ? address.ToString() : null);

    private static List<ValidationResult> Faults(MqttSettings settings)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new(settings), faults, validateAllProperties: true);
        return faults;
    }
}
