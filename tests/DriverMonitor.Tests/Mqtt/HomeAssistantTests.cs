using System.Text.Json;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>Home Assistant finds the vehicle by itself, where that is wanted.</summary>
public sealed class HomeAssistantTests
{
    private const string Topic = "homeassistant/device/dm-acme-veh-0001/config";

    // As documented for MQTT device discovery, and for the sensors and binary sensors in it.
    private static readonly string[] Shared =
    [
        "device",
        "origin",
        "components",
        "state_topic",
        "availability_topic",
        "availability_template",
    ];
    private static readonly string[] OfEntities =
    [
        "platform",
        "unique_id",
        "name",
        "value_template",
        "expire_after",
        "unit_of_measurement",
        "state_class",
        "device_class",
        "entity_category",
        "options",
        "suggested_display_precision",
    ];
    private static readonly string[] OfEvents = ["platform", "unique_id", "name", "state_topic", "value_template", "event_types"];
    private static readonly string[] OfTriggers =
        ["platform", "automation_type", "type", "subtype", "topic", "payload", "value_template"];
    private static readonly DeviceFacts Pi = new("Raspberry Pi 5 Model B Rev 1.0", new("http://cab-7.local:8088/"));

    [Fact]
    public void The_announcement_uses_documented_keys_only_and_has_those_that_must_be()
    {
        var announced = Announced(new("acme", "veh-0001", 1, 1, "1.2.0"));

        Assert.Equal(Shared.Order(), announced.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal("dm-acme-veh-0001", announced.GetProperty("device").GetProperty("identifiers")[0].GetString());
        var entities = announced.GetProperty("components").EnumerateObject().ToList();
        Assert.All(entities, entity =>
        {
            var keys = entity.Value.EnumerateObject().Select(member => member.Name).ToHashSet();
            switch (entity.Value.GetProperty("platform").GetString())
            {
                case "event": Assert.Equal(OfEvents.ToHashSet(), keys); break;
                case "device_automation": Assert.Equal(OfTriggers.ToHashSet(), keys); break;
                case "sensor" or "binary_sensor": Assert.Subset(OfEntities.ToHashSet(), keys); break;
                case var other: Assert.Fail($"{entity.Name}: {other}"); break;
            }
        });
        Assert.Distinct(entities.Select(entity =>
            entity.Value.TryGetProperty("unique_id", out var id) ? id.GetString() : entity.Name));
    }

    [Theory]
    [InlineData(WireLevel.P1, true, "fatigue distraction stress anger alert alerts warning error camera strap waiting")]
    [InlineData(WireLevel.P2, false, "fatigue distraction heart_rate alert alerts warning error camera strap waiting")]
    public void It_names_what_may_leave_the_vehicle(WireLevel level, bool namesEmotions, string expected)
    {
        var announced = Announced(new("acme", "veh-0001", 1, 1, "1.2.0", level, namesEmotions));

        Assert.Equal(
            expected.Split(' '),
            announced.GetProperty("components").EnumerateObject()
                .Where(entity => entity.Value.GetProperty("platform").GetString() != "device_automation").Select(entity => entity.Name));
    }

    [Fact]
    public void The_device_says_what_it_is_and_where_its_page_is()
    {
        var device = Announced(new("acme", "veh-0001", 1, 1, "1.2.0")).GetProperty("device");

        Assert.Equal("Raspberry Pi 5 Model B Rev 1.0", device.GetProperty("model").GetString());
        Assert.Equal("http://cab-7.local:8088/", device.GetProperty("configuration_url").GetString());
    }

    //  address, certificate, names               where the page is
    [Theory]
    [InlineData("127.0.0.1", false, "", null)]
    [InlineData("::1", false, "", null)]
    [InlineData("0.0.0.0", false, "", "http://cab-7:8088/")]
    [InlineData("0.0.0.0", true, "cab-7.local", "https://cab-7.local:8088/")]
    [InlineData("192.0.2.7", true, "", "https://192.0.2.7:8088/")]
    [InlineData("2001:db8::7", false, "", "http://[2001:db8::7]:8088/")]
    public void The_page_is_told_of_where_the_network_reaches_it(string address, bool isSecure, string names, string? expected)
    {
        var settings = new DriverMonitor.Web.WebSettings
        {
            Address = address, CertificateFile = isSecure ? "cab.pem" : null,
            Names = names.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };

        Assert.Equal(expected, settings.NetworkAddress("cab-7")?.AbsoluteUri);
    }

    [Fact]
    public void The_level_is_a_word_of_a_list_and_shares_are_whole_numbers()
    {
        var entities = Announced(new("acme", "veh-0001", 1, 1, "1.2.0")).GetProperty("components");

        var level = entities.GetProperty("alert");
        Assert.Equal("enum", level.GetProperty("device_class").GetString());
        Assert.Equal(
            Enum.GetNames<AlertLevel>().Select(name => name.ToLowerInvariant()),
            level.GetProperty("options").EnumerateArray().Select(option => option.GetString()));
        Assert.False(level.TryGetProperty("state_class", out _), "a list of words has no statistics");
        Assert.Contains("| round | int", entities.GetProperty("fatigue").GetProperty("value_template").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "fatigue distraction stress anger")]
    [InlineData(false, "fatigue distraction driver-state")]
    public void An_automation_may_begin_with_every_alert_that_leaves_the_vehicle(bool namesEmotions, string kinds)
    {
        var who = new WireIdentity("acme", "veh-0001", 1, 1, "1.2.0", WireLevel.P1, namesEmotions);
        var triggers = Announced(who).GetProperty("components").EnumerateObject()
            .Where(entity => entity.Value.GetProperty("platform").GetString() == "device_automation").Select(entity => entity.Value).ToList();

        Assert.Equal(kinds.Split(' '), triggers.Select(trigger => trigger.GetProperty("subtype").GetString()).Distinct());
        var expected = Enum.GetValues<AlertRule>().Select(rule => $"dm/v1/acme/veh-0001/alert/{WireEvent.KindOf(who, rule)}").Distinct();
        Assert.Equal(expected.Order(), triggers.Select(trigger => trigger.GetProperty("topic").GetString()!).Distinct().Order());
        Assert.All(triggers, trigger => Assert.Contains("not value_json.late", trigger.GetProperty("value_template").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_kept_by_the_broker_until_it_is_taken_back()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using (
            var vehicle = new TestVehicle(broker.Address.Port, settings => settings with { HomeAssistant = Announcement.On }))
            await vehicle.Connected();
        Assert.Contains("Driver Monitor veh-0001", await Kept(broker), StringComparison.Ordinal);

        await using (var vehicle = new TestVehicle(broker.Address.Port)) await vehicle.Connected();
        Assert.Contains("Driver Monitor veh-0001", await Kept(broker), StringComparison.Ordinal);

        await using (
            var vehicle = new TestVehicle(broker.Address.Port, settings => settings with { HomeAssistant = Announcement.Remove }))
            await vehicle.Connected();
        Assert.Equal("", await Kept(broker));
    }

    private static JsonElement Announced(WireIdentity who) =>
        JsonDocument.Parse(HomeAssistantDevice.Announce(Announcement.On, who, new(who.Tenant, who.Vehicle), Pi)!).RootElement;

    private static async Task<string> Kept(Mosquitto broker)
    {
        using var reader = Mosquitto.Launch(
            "mosquitto_sub", "-h", "127.0.0.1", "-p", $"{broker.Address.Port}", "-t", Topic, "-W", "1");
        return await reader.StandardOutput.ReadToEndAsync();
    }
}
