using DriverMonitor.Core.Events;
using DriverMonitor.Outbox;
using MQTTnet;
using MQTTnet.Protocol;

namespace DriverMonitor.Mqtt;

/// <summary>How each kind of message travels: its quality of service, whether the broker keeps it, and for how long.</summary>
internal static class Messages
{
    /// <summary>An event older than this when it is sent says so.</summary>
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan EventExpiry = TimeSpan.FromDays(7);
    private static readonly TimeSpan StateExpiry = TimeSpan.FromSeconds(120);

    /// <summary>At least once, never retained: a late subscriber must not take an old alert for a new one.</summary>
    public static MqttApplicationMessage Event(OutboxEntry entry, TimeSpan age)
    {
        if (age > LateAfter) WireEvent.MarkLate(entry.Body);
        return new MqttApplicationMessageBuilder()
            .WithTopic(entry.Topic)
            .WithPayload(entry.Body)
            .WithContentType("application/cloudevents+json")
            .WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithMessageExpiryInterval((uint)Math.Max(1, (EventExpiry - age).TotalSeconds))
            .Build();
    }

    /// <summary>Retained without end: whoever asks must be told, also after years.</summary>
    public static MqttApplicationMessage Presence(Topics topics, byte[] body) => new MqttApplicationMessageBuilder()
        .WithTopic(topics.Status)
        .WithPayload(body)
        .WithContentType("application/json")
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithRetainFlag()
        .Build();

    /// <summary>Orders come at least once.</summary>
    public static MqttClientSubscribeOptions Subscription(Topics topics) => new MqttClientSubscribeOptionsBuilder()
        .WithTopicFilter(topics.Orders, MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    /// <summary>Retained for as long as it can be true; a lost one is replaced by the next.</summary>
    public static MqttApplicationMessage State(Topics topics, byte[] body) => new MqttApplicationMessageBuilder()
        .WithTopic(topics.State)
        .WithPayload(body)
        .WithContentType("application/json")
        .WithMessageExpiryInterval((uint)StateExpiry.TotalSeconds)
        .WithRetainFlag()
        .Build();
}
