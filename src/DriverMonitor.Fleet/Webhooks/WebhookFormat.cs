using System.Globalization;
using System.Text;
using System.Text.Json;
using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Webhooks;

/// <summary>
/// The shapes of a message: our own, or a sentence for a chat. Never a value: those are shown to operators who look an
/// episode up.
/// </summary>
internal static class WebhookFormat
{
    public const string Standard = "standard";

    /// <summary>
    /// <c>{"text": ...}</c>, which Slack, Mattermost, Rocket.Chat, Google Chat and Matrix (hookshot) take; and the card that Microsoft
    /// Teams' workflows take.
    /// </summary>
    public const string Chat = "chat", Teams = "teams";

    public static readonly IReadOnlyList<string> Known = [Standard, Chat, Teams];

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static string BodyOf(FeedEvent one, string format) => format switch
    {
        Chat => JsonSerializer.Serialize(new { text = SentenceOf(one) }),
        Teams => JsonSerializer.Serialize(CardOf(SentenceOf(one))),
        _ => JsonSerializer.Serialize(
            new WebhookMessage(
                Names.Of(one.Type), one.TenantName, one.Vehicle, one.Id, Names.Of(one.Kind), one.Level, one.Rule,
                one.Episode is null ? null : $"{Names.Epoch(one.Epoch)}/{one.Episode}", DateTimeOffset.FromUnixTimeMilliseconds(one.At)),
            Web),
    };

    private static string SentenceOf(FeedEvent one)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(one.HappenedAt ?? one.ReceivedAt);
        var what = one.Type == EventType.Gap
            ? "events are lost"
            : $"{Plain(Names.Of(one.Kind))} alert {Names.Of(one.Type)}, level {one.Level}{(one.Rule is { Length: > 0 } rule ? $" ({Plain(rule)})" : "")}";
        return string.Create(CultureInfo.InvariantCulture, $"{Plain(one.Vehicle)}: {what}, {at:yyyy-MM-dd HH:mm:ss} UTC");
    }

    private static object CardOf(string sentence) => new
    {
        type = "message",
        attachments = new[]
        {
            new
            {
                contentType = "application/vnd.microsoft.card.adaptive",
                content = new
                {
                    type = "AdaptiveCard",
                    version = "1.4",
                    body = new[] { new { type = "TextBlock", text = sentence, wrap = true } },
                },
            },
        },
    };

    /// <summary>A rule is a vehicle's word: in a chat it must neither call everybody nor be a link.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
            plain.Append(char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : letter is '_' or ' ' ? ' ' : '?');
        return plain.ToString();
    }
}
