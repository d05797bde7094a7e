using System.Text.Json;
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
    ];

    [Fact]
    public void The_announcement_uses_documented_keys_only_and_has_those_that_must_be()
    {
        var announced = Announced(new("acme", "veh-0001", 1, 1, "1.2.0"));

        Assert.Equal(Shared.Order(), announced.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal("dm-acme-veh-0001", announced.GetProperty("device").GetProperty("identifiers")[0].GetString());
        var entities = announced.GetProperty("components").EnumerateObject().ToList();
        Assert.All(entities, entity =>
        {
            Assert.Subset(OfEntities.ToHashSet(), entity.Value.EnumerateObject().Select(member => member.Name).ToHashSet());
            Assert.Matches("^(sensor|binary_sensor)$", entity.Value.GetProperty("platform").GetString());
        });
        Assert.Distinct(entities.Select(entity => entity.Value.GetProperty("unique_id").GetString()));
    }

    [Theory]
    [InlineData(WireLevel.P1, true, "fatigue distraction stress anger alert warning error camera strap waiting")]
    [InlineData(WireLevel.P2, false, "fatigue distraction heart_rate alert warning error camera strap waiting")]
    public void It_names_what_may_leave_the_vehicle(WireLevel level, bool namesEmotions, string expected)
    {
        var announced = Announced(new("acme", "veh-0001", 1, 1, "1.2.0", level, namesEmotions));

        Assert.Equal(expected.Split(' '), announced.GetProperty("components").EnumerateObject().Select(entity => entity.Name));
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
        JsonDocument.Parse(HomeAssistantDevice.Announce(Announcement.On, who, new(who.Tenant, who.Vehicle))!).RootElement;

    private static async Task<string> Kept(Mosquitto broker)
    {
        using var reader = Mosquitto.Launch(
            "mosquitto_sub", "-h", "127.0.0.1", "-p", $"{broker.Address.Port}", "-t", Topic, "-W", "1");
        return await reader.StandardOutput.ReadToEndAsync();
    }
}
