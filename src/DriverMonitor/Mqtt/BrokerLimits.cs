using MQTTnet;

namespace DriverMonitor.Mqtt;

/// <summary>What a broker asked of us in its answer to CONNECT. A broker of MQTT 3.1.1 cannot ask.</summary>
/// <param name="MaximumPacketSize">Bytes of a whole packet.</param>
/// <param name="MaximumQoS">0 where it takes nothing better than "at most once".</param>
/// <param name="Retains">Whether it keeps the last message of a topic.</param>
/// <param name="KeepAlive">Instead of ours; null where ours holds. The library reads it and keeps to ours.</param>
internal sealed record BrokerLimits(long MaximumPacketSize, int MaximumQoS, bool Retains, TimeSpan? KeepAlive = null)
{
    /// <summary>
    /// The gap that tells of an event set aside must fit, with the longest names and numbers, or it would be set aside itself.
    /// </summary>
    public const int SmallestUsable = 900;

    public static BrokerLimits None { get; } = new(long.MaxValue, 2, Retains: true);

    /// <summary>Why a vehicle cannot work with it, and what to do; null where it can.</summary>
    public string? Fault =>
        MaximumQoS < 1 ? "it takes QoS 0 only, so an alert could be lost unnoticed: allow QoS 1 there (mosquitto: max_qos 1)"
        : !Retains
            ? "it keeps no retained messages, so nobody could see who is there: allow them (mosquitto: retain_available true)"
        : MaximumPacketSize < SmallestUsable
            ? $"it takes packets of {MaximumPacketSize} bytes at most, too few for an alert: allow 16384 (mosquitto: max_packet_size)"
        : null;

    public static BrokerLimits Of(MqttClientConnectResult answer) => new(
        answer.MaximumPacketSize is > 0 and var most ? most : long.MaxValue, (int)answer.MaximumQoS, answer.RetainAvailable,
        answer.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(answer.ServerKeepAlive) : null);
}
