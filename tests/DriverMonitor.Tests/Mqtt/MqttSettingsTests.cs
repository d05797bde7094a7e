using System.ComponentModel.DataAnnotations;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Gpio;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Tests.Mqtt;

public sealed class MqttSettingsTests
{
    [Fact]
    public void Settings_that_cannot_work_are_refused()
    {
        Assert.Empty(Faults(new()));
        Assert.Empty(
            Faults(
                new()
                {
                    Brokers = ["fleet.example:8883", "10.0.0.1", "[::1]:1883"],
                    Tenant = "acme",
                    Vehicle = "veh-0001",
                }
            ));
        Assert.Single(Faults(new() { Tenant = "Acme" }));
        Assert.Single(Faults(new() { Vehicle = "" }));
        Assert.Single(Faults(new() { Vehicle = "a/b" }));
        Assert.Single(Faults(new() { Vehicle = "veh-0001\n" }));
        Assert.Single(Faults(new() { Vehicle = new string('a', 33) }));
        Assert.Single(Faults(new() { Brokers = ["fleet.example:0"] }));
        Assert.Single(Faults(new() { Brokers = ["mqtt://fleet.example"] }));
        Assert.Single(Faults(new() { PasswordFile = "/etc/password" }));
        Assert.Single(Faults(new() { Tls = new() { CertificateFile = "a.pem" } }));
        Assert.Single(Faults(new() { Tls = new() { KeyPasswordFile = "password" } }));
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

    [Fact]
    public void A_settings_file_reads_as_it_is_documented()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """
            { "DriverMonitor": {
              "Gpio": { "Board": "Chip", "Chip": "pinctrl-rp1", "BuzzerLine": 17, "LampLine": 27, "Buzzer": "Active", "ActiveLow": false },
              "Mqtt": { "Brokers": ["127.0.0.1:1883", "fleet.example"], "Tenant": "acme", "Vehicle": "veh-0001", "Privacy": "P2",
                        "User": "van", "PasswordFile": "/etc/drivermonitor/password", "Tls": { "CaFile": "/etc/drivermonitor/ca.pem" },
                        "KeepAlive": "00:01:00", "FirstConnectSpread": "00:00:00" } } }
            """);

        var read = SettingsFile.Load<Sections>(file).Settings;
        File.Delete(file);

        Assert.Equal(
            new GpioSettings
            {
                Board = BoardKind.Chip,
                Chip = "pinctrl-rp1",
                BuzzerLine = 17,
                LampLine = 27,
            },
            read.Gpio);
        Assert.Equal(["127.0.0.1:1883", "fleet.example"], read.Mqtt.Brokers);
        Assert.Equal(
            new MqttSettings
            {
                Brokers = read.Mqtt.Brokers, Tenant = "acme", Vehicle = "veh-0001", Privacy = WireLevel.P2, User = "van",
                PasswordFile = "/etc/drivermonitor/password", Tls = new() { CaFile = "/etc/drivermonitor/ca.pem" },
                KeepAlive = TimeSpan.FromMinutes(1), FirstConnectSpread = TimeSpan.Zero,
            }, read.Mqtt);
    }

    private sealed record Sections
    {
        public GpioSettings Gpio { get; init; } = new();
        public MqttSettings Mqtt { get; init; } = new();
    }

    private static List<ValidationResult> Faults(MqttSettings settings)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new(settings), faults, validateAllProperties: true);
        return faults;
    }
}
