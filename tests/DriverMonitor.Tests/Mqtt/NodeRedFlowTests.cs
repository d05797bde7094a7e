using System.Text.Json;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using MQTTnet;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>What is imported into Node-RED holds together, and listens where vehicles speak.</summary>
public sealed class NodeRedFlowTests
{
    private static readonly string[] References = ["z", "broker", "group", "page", "ui", "theme"];

    //  file                        the topics that its inputs hear
    [Theory]
    [InlineData("node-red-flow.json", "alert/fatigue alert/device state")]
    [InlineData("node-red-dashboard.json", "alert/fatigue alert/device state status")]
    public void Nodes_lead_to_nodes_and_inputs_hear_vehicles(string file, string topics)
    {
        using var flow = JsonDocument.Parse(File.ReadAllText(SourceTree.Path("deploy", "mosquitto", file)));
        var nodes = flow.RootElement.EnumerateArray().ToList();
        var ids = nodes.ConvertAll(node => node.GetProperty("id").GetString()!);

        Assert.Distinct(ids);
        foreach (var node in nodes)
        {
            foreach (var key in References)
            {
                if (node.TryGetProperty(key, out var reference) && node.GetProperty("type").GetString() != "mqtt-broker")
                    Assert.Contains(reference.GetString()!, ids);
            }

            if (!node.TryGetProperty("wires", out var wires)) continue;
            Assert.All(
                wires.EnumerateArray().SelectMany(wire => wire.EnumerateArray()), wire => Assert.Contains(wire.GetString()!, ids));
        }

        var heard = nodes.Where(node => node.GetProperty("type").GetString() == "mqtt in")
            .Select(node => node.GetProperty("topic").GetString()!).ToList();
        var vehicle = new Topics("acme", "veh-0001");
        Assert.All(topics.Split(' '), topic => Assert.Contains(heard, filter => Matches($"{vehicle.Root}/{topic}", filter)));
        Assert.All(heard, filter => Assert.True(
            new[] { vehicle.State, vehicle.Status, vehicle.Alert("fatigue") }.Any(topic => Matches(topic, filter)), filter));
    }

    private static bool Matches(string topic, string filter) =>
        MqttTopicFilterComparer.Compare(topic, filter) == MqttTopicFilterCompareResult.IsMatch;
}
