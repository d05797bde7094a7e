using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Drivers;

/// <summary>
/// A driver's consents as JSON. Read strictly: a file that says anything this program would not write is damaged.
/// </summary>
internal static partial class ConsentJson
{
    /// <summary>Four consents are below 600 bytes; who finds more has found another file.</summary>
    public const int Longest = 16 * 1024;

    private static readonly JsonSerializerOptions Shape = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 4,
    };

    private static readonly Dictionary<string, Modalities> Names = ConsentText.Each.ToDictionary(NameOf);

    private static readonly Dictionary<string, ConsentState> States = new[]
    {
        ConsentState.Asked,
        ConsentState.Granted,
        ConsentState.Withdrawn,
    }.ToDictionary(state => state.ToString().ToLowerInvariant());

    /// <summary>As files, the page and the command line call it.</summary>
    public static string NameOf(Modalities one) => one.ToString().ToLowerInvariant();

    public static void Write(Stream to, ConsentRecord book) =>
        JsonSerializer.Serialize(
            to, book.Words.OrderBy(word => word.Key)
                .ToDictionary(
                    word => NameOf(word.Key),
                    word => new Entry(word.Value.State.ToString().ToLowerInvariant(), word.Value.Text, word.Value.At)),
            Shape);

    /// <exception cref="JsonException">It is damaged; the message says where.</exception>
    public static ConsentRecord Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > Longest) throw new JsonException($"it is longer than {Longest} bytes");
        var entries = EntriesOf(json) ?? throw new JsonException("it holds nothing");
        var words = ConsentRecord.Empty.Words;
        foreach (var (name, entry) in entries)
        {
            if (!Names.TryGetValue(name, out var one)) throw new JsonException("it names something that nobody is asked for");
            words = words.Add(one, ConsentOf(entry));
        }

        return ConsentRecord.Empty with { Words = words };
    }

    private static Dictionary<string, Entry?>? EntriesOf(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, Entry?>>(json, Shape);
        }
        catch (JsonException e)
        {
            // The library's own words repeat what was read.
            throw new JsonException($"line {e.LineNumber + 1} is not what this program writes", e);
        }
    }

    private static Consent ConsentOf(Entry? entry)
    {
        if (entry?.State is not { } name || !States.TryGetValue(name, out var state))
            throw new JsonException("it holds an answer that does not exist");
        if (entry.Text is { } text && !Version().IsMatch(text))
            throw new JsonException("it holds a text that does not exist");
        // Without a date it would never expire.
        if (state == ConsentState.Granted && (entry.At is null || entry.Text is null))
            throw new JsonException("it holds a consent without text or date");
        return new(state, entry.Text, entry.At);
    }

    [GeneratedRegex("^[0-9a-f]{8}\\z")]
    private static partial Regex Version();

    private sealed record Entry(string? State, string? Text, DateTimeOffset? At);
}
