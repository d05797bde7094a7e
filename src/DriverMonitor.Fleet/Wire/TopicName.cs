using System.Buffers;
using System.Text;

namespace DriverMonitor.Fleet.Wire;

/// <summary>
/// Where a message was published: <c>dm/v1/{tenant}/{vehicle}/{channel}</c>. The topic alone decides tenant and vehicle: the
/// broker has checked who may write there; what the body says of them must agree.
/// </summary>
internal readonly record struct TopicName(string Tenant, string Vehicle, TopicChannel Channel, string Leaf)
{
    /// <summary>Of every vehicle of every tenant.</summary>
    public const string Everything = "dm/v1/#";

    private const string Prefix = "dm/v1/";
    private const int LongestName = 32;

    /// <summary>Longer topics are nobody's: prefix, two names, and the longest leaf.</summary>
    private const int LongestTopic = 128;

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Channel and leaf, fit for a finding.</summary>
    public string Where => Leaf.Length > 0 ? $"{Channel}/{Shown(Leaf)}" : Channel.ToString();

    /// <summary>Null for a topic that no vehicle of the contract writes.</summary>
    public static TopicName? Parse(string topic)
    {
        if (topic.Length > LongestTopic || !topic.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        const int Most = 4;
        Span<Range> parts = stackalloc Range[Most + 1];
        var rest = topic.AsSpan(Prefix.Length);
        var count = rest.Split(parts, '/');
        if (count is < Most - 1 or > Most || !IsName(rest[parts[0]]) || !IsName(rest[parts[1]])) return null;
        var leaf = count == Most ? rest[parts[Most - 1]].ToString() : "";
        return ChannelOf(rest[parts[2]], leaf.Length > 0) is { } channel
            ? new(rest[parts[0]].ToString(), rest[parts[1]].ToString(), channel, leaf)
            : null;
    }

    /// <summary>Whether a tenant or vehicle may be called so: 1 to 32 of a-z, 0-9 and '-'.</summary>
    public static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= LongestName && !name.ContainsAnyExcept(NameLetters);

    /// <summary>At most 60 characters of foreign text, fit for a log line: control characters are shown as '?'.</summary>
    public static string Shown(string text)
    {
        const int Longest = 60;
        var line = new StringBuilder(Longest);
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, Longest)))
            line.Append(char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter);
        return line.ToString();
    }

    public static string Order(string tenant, string vehicle, string name) => $"{Prefix}{tenant}/{vehicle}/cmd/{name}";

    private static TopicChannel? ChannelOf(ReadOnlySpan<char> name, bool hasLeaf) => name switch
    {
        "alert" when hasLeaf => TopicChannel.Alert,
        "trip" when !hasLeaf => TopicChannel.Trip,
        "audit" when !hasLeaf => TopicChannel.Audit,
        "cmdack" when hasLeaf => TopicChannel.Answer,
        "status" when !hasLeaf => TopicChannel.Status,
        "state" when !hasLeaf => TopicChannel.State,
        "health" when !hasLeaf => TopicChannel.Health,
        _ => null,
    };
}

/// <summary>What kind of message a topic carries; the first four are events with a number, the others have none.</summary>
internal enum TopicChannel
{
    Alert,
    Trip,
    Audit,
    Answer,
    Status,
    State,
    Health,
}
