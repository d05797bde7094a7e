using System.Globalization;
using DriverMonitor.Files;

namespace DriverMonitor.Voice;

/// <summary>Which microphones the kernel knows, for <c>drivermonitor setup</c>.</summary>
internal static class MicrophoneScan
{
    /// <summary>ALSA's names of all cards that can record, as <c>arecord -D</c> takes them.</summary>
    /// <param name="folder">Where the kernel lists its sound cards.</param>
    public static IReadOnlyList<string> Find(string folder = "/proc/asound")
    {
        try
        {
            var lines = StoredFile.ReadText(Path.Combine(folder, "pcm")).Split('\n');
            return [.. lines.Select(line => Name(folder, line)).OfType<string>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A line is <c>01-00: USB Audio : USB Audio : capture 1</c>: card, device, and what it can do.</summary>
    private static string? Name(string folder, string line)
    {
        if (line.Length < 6 || !line.Contains(": capture ", StringComparison.Ordinal)) return null;
        var isNumbered = int.TryParse(line.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var card);
        isNumbered &= int.TryParse(line.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var device);
        if (!isNumbered) return null;
        var id = StoredFile.ReadText(Path.Combine(folder, $"card{card}", "id")).Trim();
        return id.Length > 0 && id.All(char.IsAsciiLetterOrDigit) ? $"plughw:CARD={id},DEV={device}" : null;
    }
}
