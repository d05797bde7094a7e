using System.Security.Cryptography;

namespace DriverMonitor.Recording;

/// <summary>One recorded drive as it lies on the disk.</summary>
/// <param name="Name">With which its files begin.</param>
/// <param name="Parts">Its files, in order.</param>
/// <param name="Header">Of the first part that is left; null if that cannot be read.</param>
/// <param name="From">Time of the first observation that is left, since the drive began.</param>
/// <param name="Until">Of the last one.</param>
/// <param name="Bytes">All parts together.</param>
internal sealed record DriveOnDisk(
    string Name, IReadOnlyList<string> Parts, RecordingHeader? Header, TimeSpan From, TimeSpan Until, long Bytes)
{
    public TimeSpan Lasted => Until - From;

    /// <summary>Every drive in a folder, the oldest first.</summary>
    /// <param name="driver">Pseudonym; null for everybody's.</param>
    public static IReadOnlyList<DriveOnDisk> In(string? folder, string? driver = null) =>
        folder is null || !Directory.Exists(folder)
            ? []
            : [.. Recordings.Drives(folder, driver).Select(parts => Of(parts)).OrderBy(drive => drive.Header?.StartedAt)];

    public static DriveOnDisk Of(IReadOnlyList<string> parts)
    {
        var name = Recordings.DriveOf(parts[0]);
        // A part may have become too old a moment ago.
        var bytes = parts.Select(part => new FileInfo(part)).Sum(file => file.Exists ? file.Length : 0);
        try
        {
            var recording = new RecordingReader(parts);
            var from = Moments(recording).FirstOrDefault();
            return new(name, parts, recording.Header, from, Last(parts) ?? from, bytes);
        }
        catch (RecordingException)
        {
            return new(name, parts, null, default, default, bytes);
        }
    }

    /// <summary>SHA-256 of one part, in hexadecimal digits.</summary>
    public static string HashOf(string part)
    {
        using var file = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>
    /// The middle need not be read to know when it ended; nor does a last part that the power cut off in its first moment.
    /// </summary>
    private static TimeSpan? Last(IReadOnlyList<string> parts)
    {
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            try
            {
                if (Moments(new RecordingReader([parts[i]])).Select(at => (TimeSpan?)at).LastOrDefault() is { } last) return last;
            }
            catch (RecordingException) when (i > 0)
            {
                // The one before it then.
            }
        }

        return null;
    }

    private static IEnumerable<TimeSpan> Moments(RecordingReader recording) =>
        recording.Read().OfType<RecordingItem.Seen>().Select(seen => seen.Observation.At);
}
