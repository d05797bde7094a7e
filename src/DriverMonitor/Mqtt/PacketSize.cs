using System.Text;
using MQTTnet;

namespace DriverMonitor.Mqtt;

/// <summary>
/// How many bytes a PUBLISH takes on the wire (MQTT 5.0, 3.3): the library does not tell, and sends what the broker has said it
/// will not take.
/// </summary>
internal static class PacketSize
{
    /// <summary>An upper bound for what we send: every property that is used is counted as MQTT 5 writes it.</summary>
    public static long Of(MqttApplicationMessage message)
    {
        var properties = 0L;
        if (message.MessageExpiryInterval > 0) properties += 1 + sizeof(uint);
        if (message.PayloadFormatIndicator != default) properties += 1 + 1;
        if (message.ContentType is { } type) properties += 1 + Text(type);
        foreach (var property in message.UserProperties ?? [])
            properties += 1 + Text(property.Name) + 2 + property.ValueBuffer.Length;
        const int packetId = 2;
        var length = Text(message.Topic) + packetId + VariableInteger(properties) + properties + message.Payload.Length;
        return 1 + VariableInteger(length) + length;
    }

    private static long Text(string text) => 2 + Encoding.UTF8.GetByteCount(text);

    private static int VariableInteger(long value) => value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4;
}
