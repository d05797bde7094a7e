using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DriverMonitor.Audit;

/// <summary>
/// A log whose lines hold on to one another: each ends with <c>,"h":"…"}</c>, the SHA-256 of the line before's hash (32 zero
/// bytes before the first) followed by the line's own JSON without <c>h</c>, byte for byte. A line that is changed, taken
/// out or moved no longer fits the ones after it.
/// </summary>
internal static class AuditChain
{
    private const string Open = ",\"h\":\"";
    private const string Close = "\"}";
    private const int HashDigits = 64;
    private const int TailLength = 6 + HashDigits + 2;

    /// <summary>The head of a log without lines.</summary>
    public static AuditHead Empty { get; } = new(0, new string('0', HashDigits));

    /// <summary>Adds the hash to an entry, which is a JSON object on one line.</summary>
    public static string Seal(AuditHead before, string entry) =>
        string.Concat(entry.AsSpan(0, entry.Length - 1), Open, HashOf(before.Hash, entry), Close);

    /// <summary>The hash a line ends with; null if it does not end with one.</summary>
    public static string? HashIn(string line) =>
        line.Length > TailLength && line.EndsWith(Close, StringComparison.Ordinal)
        && line.AsSpan(line.Length - TailLength, Open.Length).SequenceEqual(Open)
        && line.Substring(line.Length - TailLength + Open.Length, HashDigits) is var hash
        && !hash.AsSpan().ContainsAnyExcept(AuditHead.HexDigits)
            ? hash : null;

    /// <summary>Follows the chain and names the first line that does not hold.</summary>
    /// <param name="known">What is known of the log from elsewhere: it must be at least that long, and its line of that number
    /// must end so.</param>
    public static AuditVerdict Verify(IEnumerable<string> lines, params IReadOnlyList<AuditHead> known)
    {
        var head = Empty;
        foreach (var line in lines)
        {
            var hash = HashIn(line);
            var entry = hash is null ? "" : line[..^TailLength] + "}";
            if (hash is null || hash != HashOf(head.Hash, entry))
                return new(head, head.Entries + 1, "it was changed, or a line before it was taken out or moved");
            head = new(head.Entries + 1, hash);
            foreach (var one in known)
            {
                if (one.Entries == head.Entries && one.Hash != head.Hash)
                    return new(head, head.Entries, "it is not the line that was written there");
            }
        }

        var longest = known.Select(one => one.Entries).DefaultIfEmpty(0).Max();
        return longest > head.Entries
            ? new(head, head.Entries + 1, $"it is missing: the log once had {longest} lines")
            : new(head, null, null);
    }

    private static string HashOf(string before, string entry) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(before), .. Encoding.UTF8.GetBytes(entry)]));
}

/// <summary>How many lines a log has, and the hash its last line ends with.</summary>
internal readonly record struct AuditHead(long Entries, string Hash)
{
    internal static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>As it is kept, shown and asked for: <c>ENTRIES:HASH</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Entries}:{Hash}");

    public static bool TryParse(string text, out AuditHead head)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        head = default;
        if (
            colon < 0
            || text.Length - colon - 1 != AuditChain.Empty.Hash.Length
            || text.AsSpan(colon + 1).ContainsAnyExcept(HexDigits))
            return false;
        if (!long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var entries))
            return false;
        head = new(entries, text[(colon + 1)..]);
        return true;
    }
}

/// <summary>What came of following a chain.</summary>
/// <param name="Head">As far as it holds.</param>
/// <param name="FirstBadLine">From 1; null if all hold.</param>
internal readonly record struct AuditVerdict(AuditHead Head, long? FirstBadLine, string? Why);
