using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Webhooks;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Webhooks;

/// <summary>What chats are sent: a sentence, of which a vehicle's word can make neither a call to everybody nor a link.</summary>
public sealed class WebhookFormatTests
{
    //  type, rule                                          what is said
    [Theory]
    [InlineData(nameof(EventType.Raised), "eyes_closed", "veh-0331: fatigue alert raised, level 3 (eyes closed), 2026-11-30 11:20:31 UTC")]
    [InlineData(nameof(EventType.Cleared), null, "veh-0331: fatigue alert cleared, level 3, 2026-11-30 11:20:31 UTC")]
    [InlineData(nameof(EventType.Gap), null, "veh-0331: events are lost, 2026-11-30 11:20:31 UTC")]
    [InlineData(nameof(EventType.Raised), "<!channel> [x](https://a.b) & @all", "veh-0331: fatigue alert raised, level 3 (??channel? ?x??https???a?b? ? ?all), 2026-11-30 11:20:31 UTC")]
    public void A_chat_reads_a_sentence(string name, string? rule, string said)
    {
        var type = Enum.Parse<EventType>(name);
        var chat = JsonNode.Parse(WebhookFormat.BodyOf(Event(type, rule), WebhookFormat.Chat))!;
        var teams = JsonNode.Parse(WebhookFormat.BodyOf(Event(type, rule), WebhookFormat.Teams))!;

        Assert.Equal(said, chat["text"]!.GetValue<string>());
        Assert.Single(chat.AsObject());
        var attachment = teams["attachments"]![0]!;
        Assert.Equal("message", teams["type"]!.GetValue<string>());
        Assert.Equal("application/vnd.microsoft.card.adaptive", attachment["contentType"]!.GetValue<string>());
        Assert.Equal("AdaptiveCard", attachment["content"]!["type"]!.GetValue<string>());
        Assert.Equal(said, attachment["content"]!["body"]![0]!["text"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(WebhookFormat.Standard)]
    [InlineData(WebhookFormat.Chat)]
    [InlineData(WebhookFormat.Teams)]
    public void No_format_tells_a_value(string format) =>
        Assert.DoesNotContain("3.14", WebhookFormat.BodyOf(Event(EventType.Raised, "eyes_closed"), format), StringComparison.Ordinal);

    private static FeedEvent Event(EventType type, string? rule)
    {
        var at = new DateTimeOffset(2026, 11, 30, 11, 20, 31, TimeSpan.Zero).ToUnixTimeMilliseconds();
        return new(1, "acme", 1, "veh-0331", 0x77, 5, type, EventKind.Fatigue, 3, at, at, "7-0001", rule, """{"why":[{"v":3.14}]}""")
        {
            HappenedAt = at,
        };
    }
}
