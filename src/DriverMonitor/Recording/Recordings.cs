using System.Globalization;

namespace DriverMonitor.Recording;

/// <summary>
/// The files of a folder of recordings. A drive is <c>DRIVER.START.PART.recording</c>, its parts counted from 0001; the driver is
/// a pseudonym.
/// </summary>
internal static class Recordings
{
    public static string NameOf(RecordingHeader header) => string.Create(
        CultureInfo.InvariantCulture, $"{FileName(header.Driver)}.{header.StartedAt.UtcDateTime:yyyyMMdd'T'HHmmssfff}");

    public static string FileNameOf(RecordingHeader header) => string.Create(
        CultureInfo.InvariantCulture, $"{NameOf(header)}.{header.Part:D4}{RecordingFormat.Extension}");

    /// <summary>The parts of one drive, in order.</summary>
    public static IReadOnlyList<string> PartsOf(string folder, string drive) =>
        [.. FilesOf(folder, $"{drive}.*{RecordingFormat.Extension}").Order(StringComparer.Ordinal)];

    /// <summary>
    /// What an input names: a part, a folder with one drive, or a drive by the beginning of its files. Null if it is no recording
    /// at all. Throws <see cref="RecordingException"/> for a folder of several drives.
    /// </summary>
    public static IReadOnlyList<string>? Find(string input)
    {
        if (Directory.Exists(input)) return FindIn(input);
        if (File.Exists(input)) return RecordingReader.IsRecording(input) ? [input] : null;
        return FindParts(input) is { Count: > 0 } parts ? parts : null;
    }

    /// <summary>Whether an input that is no file itself is the beginning of a drive's files.</summary>
    public static bool IsNameOfParts(string input) => FindParts(input).Count > 0;

    private static IReadOnlyList<string> FindParts(string input)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(input));
        return folder is not null && Directory.Exists(folder) && Path.GetFileName(input) is { Length: > 0 } name
            ? PartsOf(folder, name)
            : [];
    }

    /// <summary>Deletes what is too old, and the oldest until the rest and <paramref name="keepFree"/> bytes fit.</summary>
    public static void Prune(RecordingSettings settings, DateTimeOffset now, long keepFree)
    {
        var files = new DirectoryInfo(settings.Folder!)
            .GetFiles($"*{RecordingFormat.Extension}")
            .OrderBy(file => file.LastWriteTimeUtc)
            .ThenBy(file => file.Name, StringComparer.Ordinal);
        var room = ((long)settings.MaxMegabytes << 20) - keepFree;
        var all = files.ToList();
        var taken = all.Sum(file => file.Length);
        foreach (var file in all)
        {
            if (taken <= room && now - file.LastWriteTimeUtc <= settings.MaxAge) continue;
            taken -= file.Length;
            file.Delete();
        }
    }

    /// <summary>
    /// Deletes every recording of a driver, also the one that is being written, and says how many files that were.
    /// </summary>
    public static int Erase(RecordingSettings settings, string driver)
    {
        if (settings.Folder is not { } folder || !Directory.Exists(folder)) return 0;
        var files = Directory.GetFiles(folder, $"{FileName(driver)}.*{RecordingFormat.Extension}");
        foreach (var file in files) File.Delete(file);
        return files.Length;
    }

    /// <summary>The name that all parts of a drive begin with.</summary>
    public static string DriveOf(string part) => string.Join('.', Path.GetFileName(part).Split('.').Take(2));

    /// <summary>The parts of every drive in a folder.</summary>
    /// <param name="driver">Pseudonym; null for everybody's.</param>
    public static IEnumerable<IReadOnlyList<string>> Drives(string folder, string? driver = null) =>
        FilesOf(folder, $"{(driver is null ? "" : FileName(driver) + ".")}*{RecordingFormat.Extension}")
            .Order(StringComparer.Ordinal)
            .GroupBy(DriveOf)
            .Select(drive => drive.ToList());

    private static IReadOnlyList<string>? FindIn(string folder)
    {
        var drives = Drives(folder).ToList();
        if (drives.Count > 1)
            throw new RecordingException(
                $"{folder} holds {drives.Count} drives. Name one, such as {Path.Combine(folder, DriveOf(drives[^1][0]))}: {string.Join(", ", drives.Select(drive => DriveOf(drive[0])))}."
            );
        return drives.Count == 0 ? null : drives[0];
    }

    private static string[] FilesOf(string folder, string pattern)
    {
        try
        {
            return Directory.GetFiles(folder, pattern);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"Folder {folder} cannot be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static string FileName(string driver) => driver.Replace(":", "-", StringComparison.Ordinal);
}

/// <summary>A recording cannot be read; the message says which and why.</summary>
internal sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner);
