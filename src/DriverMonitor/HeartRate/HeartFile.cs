using DriverMonitor.Core.Signals;
using DriverMonitor.Files;

namespace DriverMonitor.HeartRate;

/// <summary>
/// Reads a recorded heart, whatever wrote it: our own lines <c>at_s,bpm,rr_ms</c>, one RR interval a line, tables with a header
/// (Polar, Kubios, Elite HRV, HRV4Training), Polar's .hrm, TCX, GPX, Apple Health's XML and Garmin's .fit. The form is told by
/// the content.
/// </summary>
internal static class HeartFile
{
    private const string Device = "file";

    /// <summary>Apple's export holds years of everything.</summary>
    private const long LargestXml = 8L << 30;

    /// <exception cref="HeartFileException">The file cannot be read, or cannot be what it says.</exception>
    public static List<(TimeSpan At, HeartPacket Packet)> Read(string path)
    {
        try
        {
            var packets = Packets(path, WithoutIdleTimes(HeartUnits.Check(path, Rows(path))));
            return packets.Exists(packet =>
                packet.Packet.BeatsPerMinute is not null || packet.Packet.RrMs.Any(interval => interval > 0))
                ? packets
                : throw new HeartFileException(
                    $"Heart file {path} holds no beats. Give lines 'at_s,bpm,rr_ms' or one RR interval in ms a line.");
        }
        catch (InputException e)
        {
            throw new HeartFileException(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HeartFileException(
                $"Heart file {path} cannot be read: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Give a readable file.");
        }
    }

    private static HeartRows Rows(string path)
    {
        var start = InputFile.ReadStart("Heart file", path, 64);
        if (FitFile.Is(start)) return FitFile.Read(InputFile.ReadBytes("Heart file", path));
        if (IsXml(start))
        {
            return new FileInfo(path).Length <= LargestXml
                ? HeartXml.Read(path)
                : throw new HeartFileException(
                    $"Heart file {path} is larger than {LargestXml >> 30} GiB. Export a shorter time.");
        }

        // Old exports end their lines with a carriage return alone.
        var text = InputFile.ReadText("Heart file", path).ReplaceLineEndings("\n");
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        return Array.Exists(lines, HrmFile.IsData) ? HrmFile.Read(path, lines) : new HeartTable(path).Read(text);
    }

    private static bool IsXml(ReadOnlySpan<byte> start)
    {
        if (start is [0xFF, 0xFE, (byte)'<', 0, ..] or [0xFE, 0xFF, 0, (byte)'<', ..]) return true;
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) start = start[3..];
        return start.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
    }

    /// <summary>
    /// The moment of a whole measurement at every beat, or the number of the row, is no time: then the intervals tell it.
    /// </summary>
    private static IReadOnlyList<HeartRow> WithoutIdleTimes(IReadOnlyList<HeartRow> rows)
    {
        if (rows.Count < 3 || rows.Any(row => row.At is null || row.Intervals.Length != 1)) return rows;
        var isOne = rows.All(row => row.At == rows[0].At);
        var seconds = rows.Skip(1).Sum(row => row.Intervals[0]) / 1000;
        var isCount =
            rows.Zip(rows.Skip(1)).All(pair => pair.Second.At - pair.First.At == 1)
            && Math.Abs(seconds / (rows.Count - 1) - 1) > 0.05;
        return isOne || isCount ? [.. rows.Select(row => row with { At = null })] : rows;
    }

    /// <summary>Packets in the order of time; rows of one moment are one packet, as a strap would have sent them.</summary>
    private static List<(TimeSpan At, HeartPacket Packet)> Packets(string path, IReadOnlyList<HeartRow> rows)
    {
        var packets = new List<(TimeSpan At, HeartPacket Packet)>(rows.Count);
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += row.Intervals.Sum() / 1000;
            if (CheckedTime.FromSeconds(row.At ?? sum) is not { } at)
                throw new HeartFileException($"Heart file {path}: a time of {row.At ?? sum} s is too long.");
            if (packets.Count > 0 && at < packets[^1].At)
                throw new HeartFileException(
                    $"Heart file {path}: the time goes back at {at.TotalSeconds} s. Sort the file by time; is a decimal comma in it?"
                );
            var intervals = row.Intervals;
            int? rate = row.Rate is >= HeartUnits.SlowestBpm and <= HeartUnits.FastestBpm and var bpm
                ? (int)Math.Round(bpm)
                : null;
            if (packets.Count > 0 && at == packets[^1].At && row.At is not null)
            {
                var last = packets[^1].Packet;
                packets[^1] = (
                    at,
                    last with
                    {
                        BeatsPerMinute = rate ?? last.BeatsPerMinute,
                        RrMs = last.RrMs.AddRange(intervals),
                    }
                );
            }
            else
            {
                packets.Add((at, new(Device, rate, StrapContact.NotSupported, intervals)));
            }
        }

        return packets;
    }
}
