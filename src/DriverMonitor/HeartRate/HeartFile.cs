using System.Collections.Immutable;
using System.Globalization;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.HeartRate;

/// <summary>
/// Reads a recorded heart: lines <c>at_s,bpm,rr_ms</c> (any field may be empty, several intervals are joined by
/// <c>;</c>), one RR interval in milliseconds a line, or Polar's .hrm. The form is told by the content.
/// </summary>
internal static class HeartFile
{
    private const string Device = "file";

    /// <summary>The value of Interval in a .hrm that says: beats, not rates every so many seconds.</summary>
    private const int HrmOfBeats = 238;

    /// <exception cref="HeartFileException">The file cannot be read, or a line in it cannot.</exception>
    public static List<(TimeSpan At, HeartPacket Packet)> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HeartFileException($"Heart file {path} cannot be read: {e.Message} Give a readable file.");
        }

        var start = Array.FindIndex(lines, line => line.Trim() == "[HRData]") + 1;
        var packets = start == 0 && lines.Any(line => line.Contains(',', StringComparison.Ordinal))
            ? ReadPackets(path, lines)
            : start > 0 && HrmInterval(lines) is { } seconds and not HrmOfBeats ? ReadRates(path, lines, start, seconds)
            : ReadIntervals(path, lines, start);
        return packets.Count > 0 ? packets
            : throw new HeartFileException($"Heart file {path} holds no beats. Give lines 'at_s,bpm,rr_ms' or one RR interval in ms a line.");
    }

    private static List<(TimeSpan, HeartPacket)> ReadPackets(string path, string[] lines)
    {
        var packets = new List<(TimeSpan At, HeartPacket)>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || (i == 0 && line.StartsWith("at_s", StringComparison.Ordinal))) continue;
            var fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length is < 2 or > 3 || !TryNumber(fields[0], out var seconds) || seconds < 0 || CheckedTime.FromSeconds(seconds) is not { } at
                || !TryRate(fields[1], out var rate) || !TryIntervals(fields.Length == 3 ? fields[2] : "", out var intervals))
                throw Bad(path, i, line, "'at_s,bpm,rr_ms' with numbers, several intervals joined by ';'");
            if (packets.Count > 0 && at < packets[^1].At)
                throw new HeartFileException($"Heart file {path}, line {i + 1}: the time goes back. Sort the file by time.");
            packets.Add((at, new(Device, rate, StrapContact.NotSupported, intervals)));
        }

        return packets;
    }

    /// <summary>One packet a beat, at the time that the intervals add up to.</summary>
    private static List<(TimeSpan, HeartPacket)> ReadIntervals(string path, string[] lines, int start)
    {
        var packets = new List<(TimeSpan, HeartPacket)>();
        var seconds = 0.0;
        for (var i = start; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0) continue;
            if (!TryNumber(line, out var interval) || interval < 0 || CheckedTime.FromSeconds(seconds += interval / 1000) is not { } at)
                throw Bad(path, i, line, "one RR interval in ms");
            packets.Add((at, new(Device, null, StrapContact.NotSupported, [interval])));
        }

        return packets;
    }

    private static int? HrmInterval(string[] lines)
    {
        const string Key = "Interval=";
        var line = Array.Find(lines, line => line.StartsWith(Key, StringComparison.Ordinal));
        return line is not null && TryNumber(line[Key.Length..], out var value) && value is >= 1 and <= 1000 ? (int)value : null;
    }

    /// <summary>A watch that kept no beats: the rate every so many seconds, first of several columns.</summary>
    private static List<(TimeSpan, HeartPacket)> ReadRates(string path, string[] lines, int start, int seconds)
    {
        var packets = new List<(TimeSpan, HeartPacket)>();
        for (var i = start; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0) continue;
            if (!TryRate(line.Split('\t')[0], out var rate) || CheckedTime.FromSeconds((packets.Count + 1.0) * seconds) is not { } at)
                throw Bad(path, i, line, "a heart rate");
            packets.Add((at, new(Device, rate, StrapContact.NotSupported, [])));
        }

        return packets;
    }

    private static HeartFileException Bad(string path, int index, string line, string wanted) =>
        new($"Heart file {path}, line {index + 1}: '{line}' is not {wanted}. Correct the line.");

    private static bool TryRate(string text, out int? rate)
    {
        rate = null;
        if (text.Length == 0) return true;
        if (!TryNumber(text, out var value) || value is < 0 or > 1000) return false;
        rate = (int)Math.Round(value);
        return true;
    }

    private static bool TryIntervals(string text, out ImmutableArray<double> intervals)
    {
        intervals = [];
        if (text.Length == 0) return true;
        var all = ImmutableArray.CreateBuilder<double>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryNumber(part, out var interval) || interval < 0) return false;
            all.Add(interval);
        }

        intervals = all.ToImmutable();
        return true;
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) && Math.Abs(value) < 1e9;
}
