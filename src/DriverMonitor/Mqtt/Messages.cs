using System.Text;
using DriverMonitor.Core.Wire;
using DriverMonitor.Outbox;
using MQTTnet;
using MQTTnet.Protocol;

namespace DriverMonitor.Mqtt;

/// <summary>How each kind of message travels: its quality of service, whether the broker keeps it, and for how long.</summary>
/// <param name="isOld">MQTT 3.1.1: no content type, no properties; the expiry goes into the payload where the clock is
/// trusted.</param>
internal sealed class Messages(PublisherContext voice, bool isOld, TimeProvider time)
{
    /// <summary>An event older than this when it is sent says so.</summary>
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan EventExpiry = TimeSpan.FromDays(7);
    private static readonly TimeSpan PassingExpiry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StateExpiry = TimeSpan.FromSeconds(120);

    /// <summary>At least once, never retained: a late subscriber must not take an old alert for a new one.</summary>
    public MqttApplicationMessage Event(OutboxEntry entry, TimeSpan age)
    {
        var isLate = age > LateAfter;
        if (isLate) WireEvent.MarkLate(entry.Body);
        var left = TimeSpan.FromSeconds(Math.Max(1, (EventExpiry - age).TotalSeconds));
        var message = Message(entry.Topic, entry.Body, left, "application/cloudevents+json")
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        // What a router needs in order to drop repeats and to sort, without reading the body.
        if (!isOld)
            message
                .WithUserProperty("seq", Encoding.ASCII.GetBytes($"{entry.Number}"))
                .WithUserProperty("late", isLate ? "true"u8.ToArray() : "false"u8.ToArray());
        return message.Build();
    }

    /// <summary>Retained without end: whoever asks must be told, also after years.</summary>
    public MqttApplicationMessage Presence(byte[] body) => Message(voice.Topics.Status, body, expiry: null, "application/json")
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithRetainFlag()
        .Build();

    /// <summary>Retained for as long as it can be true; a lost one is replaced by the next.</summary>
    public MqttApplicationMessage State(byte[] body) => Message(voice.Topics.State, body, StateExpiry, "application/json")
        .WithRetainFlag()
        .Build();

    /// <summary>Told while there is a connection and never queued: the next one counts on.</summary>
    public MqttApplicationMessage Health(byte[] body) => Message(voice.Topics.Health, body, EventExpiry, "application/json")
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    /// <summary>Said once; who does not hear it asks again.</summary>
    public MqttApplicationMessage Passing(string topic, byte[] body) =>
        Message(topic, body, PassingExpiry, "application/cloudevents+json")
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();

    /// <summary>Retained, so that Home Assistant finds it whenever it starts; an empty body takes it back.</summary>
    public MqttApplicationMessage Announcement(byte[] body) =>
        Message(HomeAssistantDevice.Topic(voice.Who), body, expiry: null, "application/json")
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithRetainFlag()
            .Build();

    /// <summary>Orders come at least once.</summary>
    public MqttClientSubscribeOptions Orders() => new MqttClientSubscribeOptionsBuilder()
        .WithTopicFilter(voice.Topics.Orders, MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    private MqttApplicationMessageBuilder Message(string topic, byte[] body, TimeSpan? expiry, string contentType)
    {
        var message = new MqttApplicationMessageBuilder().WithTopic(topic);
        // A wrong date would make a reader throw away what is true, so without a trusted clock there is none.
        if (isOld)
            return message.WithPayload(
                expiry is { } left && voice.Clock.IsTrusted ? WireExpiry.Add(body, time.GetUtcNow() + left) : body);

        if (expiry is { } seconds)
            message.WithMessageExpiryInterval((uint)seconds.TotalSeconds);
        return message
            .WithPayload(body)
            .WithContentType(contentType)
            .WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData);
    }
}
