using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DriverMonitor.Audit;
using DriverMonitor.Files;

namespace DriverMonitor.Drivers;

/// <summary>
/// The salts under which pseudonyms are made, the newest first. A new one is made every 30 days; one that names nothing in the
/// vehicle any more is destroyed, and from then on nobody can tell whose its pseudonyms were.
/// </summary>
/// <param name="folder">Where <c>alias.salt</c> lies; made if it is not there.</param>
internal sealed class AliasSalts(string folder)
{
    /// <summary>So long a salt makes pseudonyms.</summary>
    public static readonly TimeSpan Used = TimeSpan.FromDays(30);

    /// <summary>So long after that it is kept, at least: an erasure must find what was sent and recorded under it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int SaltBytes = 32;
    private const string Unknown = "-";
    private static readonly Lock Gate = new();

    private readonly string _file = Path.Combine(folder, "alias.salt");

    /// <summary>Never empty. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
    public IReadOnlyList<AliasSalt> Read()
    {
        lock (Gate)
        {
            if (!File.Exists(_file)) Make();
            return Parse(StoredFile.ReadBytes(_file));
        }
    }

    /// <summary>Makes a new salt if it is time to, and destroys those that are too old.</summary>
    /// <param name="now">By a clock that somebody vouches for.</param>
    /// <param name="keep">How long recordings are kept: their pseudonyms must be found as long.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Renew(DateTimeOffset now, TimeSpan keep)
    {
        lock (Gate)
        {
            var before = Read();
            // A first start without a clock, or one whose clock ran ahead: its age counts from now on.
            AliasSalt[] salts =
                [.. before.Select(salt => salt.Since is null || salt.Since > now ? salt with { Since = now } : salt)];
            if (now - salts[0].Since >= Used) salts = [New(now), .. salts];
            var last = Used + (keep > Kept ? keep : Kept);
            // The one in use stays, however long the vehicle stood still.
            salts = [.. salts.Where((salt, place) => place == 0 || now - salt.Since < last)];
            if (salts.SequenceEqual(before)) return false;
            Replace(salts);
            return true;
        }
    }

    private static AliasSalt New(DateTimeOffset? now) =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes)), now);

    private static AliasSalt[] Parse(byte[] bytes)
    {
        // Older versions wrote the bytes of one salt, and nothing else.
        if (bytes.Length == SaltBytes) return [new(Convert.ToHexStringLower(bytes), null)];
        var lines = Encoding.ASCII.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var salts = lines.Select(ParseLine).ToArray();
        return salts.Length > 0 ? salts : throw Damaged();
    }

    private static AliasSalt ParseLine(string line) =>
        line.Split(' ') is [var since, { Length: 2 * SaltBytes } salt] && !salt.AsSpan().ContainsAnyExcept(AuditHead.HexDigits)
            ? since == Unknown ? new(salt, null)
                : DateTimeOffset.TryParseExact(
                    since, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? new(salt, at)
                : throw Damaged()
            : throw Damaged();

    private static IOException Damaged() =>
        new("alias.salt is damaged: pseudonyms cannot be told. Delete it; what was recorded before then has no owner any more.");

    private static byte[] Written(IEnumerable<AliasSalt> salts) => Encoding.ASCII.GetBytes(string.Concat(salts.Select(
        salt => $"{salt.Since?.ToString("O", CultureInfo.InvariantCulture) ?? Unknown} {salt.Hex}\n")));

    private void Make()
    {
        PrivateFile.CreateFolder(folder);
        var next = $"{_file}.{Environment.ProcessId}";
        // Whoever can read it can try names until one fits.
        using (var stream = PrivateFile.Create(next))
        {
            stream.Write(Written([New(null)]));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(next, _file, overwrite: false);
        }
        catch (IOException) when (File.Exists(_file))
        {
            // The service and the command line began at the same moment; the first salt counts.
            File.Delete(next);
        }
    }

    /// <summary>
    /// Zeroes what is replaced. A card may keep a copy where it moved the block; only encrypting it helps there.
    /// </summary>
    private void Replace(IReadOnlyList<AliasSalt> salts)
    {
        using var old = new FileStream(_file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        AtomicFile.Write(_file, file => file.Write(Written(salts)));
        old.Write(new byte[old.Length]);
        old.Flush(flushToDisk: true);
    }
}

/// <summary>One salt.</summary>
/// <param name="Hex">32 bytes, as hexadecimal digits.</param>
/// <param name="Since">When it began to be used; null while no clock could tell.</param>
internal readonly record struct AliasSalt(string Hex, DateTimeOffset? Since)
{
    public byte[] Bytes => Convert.FromHexString(Hex);
}
