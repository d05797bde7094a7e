using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DriverMonitor.Files;

namespace DriverMonitor.Audit;

/// <summary>
/// What was ordered, erased, exported and agreed to, one JSON line each, on disk before the call returns. It holds
/// pseudonyms, so that forgetting a driver never has to break the chain. The service and the command line may write at once.
/// </summary>
/// <param name="folder">Where <c>audit.jsonl</c> and <c>audit.head</c> lie.</param>
internal sealed class AuditLog(string folder, TimeProvider time)
{
    /// <summary>More than the longest line: enough of the end to find the last one.</summary>
    private const int TailBytes = 16 * 1024;

    /// <summary>
    /// EWOULDBLOCK: somebody else has the file at this moment. A disk that cannot be written is not waited for.
    /// </summary>
    private const int WouldBlock = 11;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _log = Path.Combine(folder, "audit.jsonl");
    private readonly string _head = Path.Combine(folder, "audit.head");

    /// <summary>Adds an entry. Throws <see cref="IOException"/> if it cannot be put on disk.</summary>
    /// <param name="what">Its kind: <c>order</c>, <c>erased</c>, <c>recordings_erased</c>, <c>exported</c>,
    /// <c>consent</c>.</param>
    /// <param name="details">Writes the other fields.</param>
    public AuditHead Append(string what, Action<Utf8JsonWriter> details)
    {
        PrivateFile.CreateFolder(folder);
        using var file = OpenAlone();
        var before = LastOf(file);
        var line = AuditChain.Seal(before, Entry(before.Entries + 1, what, details));
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
        var head = new AuditHead(before.Entries + 1, AuditChain.HashIn(line)!);
        // The number of lines is kept beside the log as well, or cutting off its end would go unnoticed.
        AtomicFile.Write(_head, kept => kept.Write(Encoding.UTF8.GetBytes($"{head}\n")));
        return head;
    }

    /// <summary>How the log ends now.</summary>
    public AuditHead Head()
    {
        if (!File.Exists(_log)) return AuditChain.Empty;
        using var file = OpenAlone();
        return LastOf(file);
    }

    /// <summary>Follows the whole chain.</summary>
    /// <param name="known">Heads from elsewhere, such as one that the fleet received.</param>
    public AuditVerdict Verify(params IReadOnlyList<AuditHead> known)
    {
        if (!File.Exists(_log)) return AuditChain.Verify([], [.. known, .. KeptHead()]);
        using var file = OpenToRead();
        using var reader = new StreamReader(file, Encoding.UTF8);
        return AuditChain.Verify(Lines(reader.ReadToEnd()), [.. known, .. KeptHead()]);
    }

    /// <summary>Entries that name a driver's pseudonym, as they stand.</summary>
    public IReadOnlyList<string> About(string alias)
    {
        if (!File.Exists(_log)) return [];
        using var file = OpenToRead();
        using var reader = new StreamReader(file, Encoding.UTF8);
        return [.. Lines(reader.ReadToEnd()).Where(line => line.Contains($"\"driver\":\"{alias}\"", StringComparison.Ordinal))];
    }

    private string Entry(long number, string what, Action<Utf8JsonWriter> details)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("n", number);
        json.WriteString("at", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("what", what);
        details(json);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Leaves the file at the end of its last whole line: what power cut short was never answered for.</summary>
    private static AuditHead LastOf(FileStream file)
    {
        var start = Math.Max(0, file.Length - TailBytes);
        var tail = new byte[file.Length - start];
        file.Position = start;
        file.ReadExactly(tail);
        var end = Array.LastIndexOf(tail, (byte)'\n') + 1;
        file.SetLength(start + end);
        file.Position = start + end;
        if (end == 0) return AuditChain.Empty;

        var line = Lines(Encoding.UTF8.GetString(tail, 0, end)).Last();
        return AuditChain.HashIn(line) is { } hash && NumberIn(line) is { } number
            ? new(number, hash)
            : throw new IOException("The last line of audit.jsonl is damaged; see 'drivermonitor audit verify'.");
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').SkipLast(1);

    private static long? NumberIn(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("n", out var n)
                && n.ValueKind == JsonValueKind.Number
                && n.TryGetInt64(out var number)
                && number is >= 1 and < long.MaxValue
                ? number
                : null;
        }
        // Half a surrogate in a key is found out when keys are compared.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private IEnumerable<AuditHead> KeptHead() =>
        File.Exists(_head) && AuditHead.TryParse(StoredFile.ReadText(_head).TrimEnd(), out var head) ? [head] : [];

    /// <summary>Two writers at once would hang two lines on one: whoever comes second waits a moment.</summary>
    private FileStream OpenAlone() =>
        OpenPatiently(() =>
            PrivateFile.Open(
                _log, new()
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                }
            ));

    /// <summary>Beside other readers, never beside a writer; also from a disk that cannot be written.</summary>
    private FileStream OpenToRead() => OpenPatiently(() => new(_log, FileMode.Open, FileAccess.Read, FileShare.Read));

    private FileStream OpenPatiently(Func<FileStream> open)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                return open();
            }
            catch (IOException e) when (e.HResult == WouldBlock && time.GetElapsedTime(since) < Patience)
            {
                Task.Delay(Pause, time).GetAwaiter().GetResult();
            }
        }
    }
}
