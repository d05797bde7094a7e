using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DriverMonitor.Tests.Outbox;

/// <summary>
/// What a program did to the files of one folder, and what it said meanwhile, in order: read from a record of strace.
/// </summary>
internal abstract partial record DiskTrace
{
    public sealed record Create(string Path) : DiskTrace;

    public sealed record Write(string Path, long Offset, byte[] Data) : DiskTrace;

    public sealed record Truncate(string Path, long Length) : DiskTrace;

    public sealed record Sync(string Path) : DiskTrace;

    public sealed record Rename(string From, string To) : DiskTrace;

    public sealed record Unlink(string Path) : DiskTrace;

    public sealed record Said(string Line) : DiskTrace;

    /// <summary>Reads what <c>strace -f -y -xx</c> wrote.</summary>
    public static List<DiskTrace> Read(string file, string folder)
    {
        var halves = new Dictionary<string, string>();
        var trace = new List<DiskTrace>();
        foreach (var line in File.ReadLines(file))
        {
            if (Half().Match(line) is { Success: true } half)
            {
                halves[half.Groups["thread"].Value] = half.Groups["head"].Value;
                continue;
            }

            var call =
                Resumed().Match(line) is { Success: true } rest && halves.Remove(rest.Groups["thread"].Value, out var head)
                    ? Call().Match(head + rest.Groups["tail"].Value)
                    : Call().Match(line[(line.IndexOf(' ') + 1)..].TrimStart());
            if (!call.Success || call.Groups["result"].Value[0] is '-' or '?')
                continue;
            if (StepOf(call.Groups["name"].Value, call.Groups["arguments"].Value) is { } step && IsIn(step, folder))
                trace.Add(step);
        }

        return trace;
    }

    private static DiskTrace? StepOf(string call, string arguments)
    {
        var texts = Quoted().Matches(arguments).Select(text => Unescape(text.Groups["text"].Value)).ToList();
        var path = Descriptor().Match(arguments) is { Success: true } of ? Text(Unescape(of.Groups["path"].Value)) : "";
        var last = arguments[(arguments.LastIndexOf(',') + 1)..].Trim();
        return call switch
        {
            "openat" when arguments.Contains("O_CREAT", StringComparison.Ordinal) => new Create(Text(texts[0])),
            "pwrite64" => new Write(path, long.Parse(last, CultureInfo.InvariantCulture), texts[0]),
            // The runtime writes to a copy of its standard output; its other pipes carry no lines.
            "write" when path.StartsWith("pipe:", StringComparison.Ordinal) && texts[0] is [.., (byte)'\n'] => new Said(
                Text(texts[0][..^1])),
            "ftruncate" => new Truncate(path, long.Parse(last, CultureInfo.InvariantCulture)),
            "fsync" or "fdatasync" => new Sync(path),
            "rename" => new Rename(Text(texts[0]), Text(texts[1])),
            "unlink" => new Unlink(Text(texts[0])),
            _ => null,
        };
    }

    private static bool IsIn(DiskTrace step, string folder) => step switch
    {
        Create create => create.Path.StartsWith(folder, StringComparison.Ordinal),
        Write write => write.Path.StartsWith(folder, StringComparison.Ordinal),
        Truncate truncate => truncate.Path.StartsWith(folder, StringComparison.Ordinal),
        Rename rename => rename.From.StartsWith(folder, StringComparison.Ordinal),
        Unlink unlink => unlink.Path.StartsWith(folder, StringComparison.Ordinal),
        // Whatever is synced writes the journal of the file system, and with it the names.
        _ => true,
    };

    private static byte[] Unescape(string text) => !text.StartsWith("\\x", StringComparison.Ordinal)
        ? Encoding.UTF8.GetBytes(text)
        : Convert.FromHexString(text.Replace("\\x", "", StringComparison.Ordinal));

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    [GeneratedRegex(@"^(?<thread>\d+)\s+(?<head>\w+\(.*) <unfinished \.\.\.>$")]
    private static partial Regex Half();

    [GeneratedRegex(@"^(?<thread>\d+)\s+<\.\.\. \w+ resumed>(?<tail>.*)$")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(?<name>\w+)\((?<arguments>.*)\)\s+= (?<result>\S+)")]
    private static partial Regex Call();

    [GeneratedRegex("\"(?<text>[^\"]*)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\d+<(?<path>[^>]*)>")]
    private static partial Regex Descriptor();
}
