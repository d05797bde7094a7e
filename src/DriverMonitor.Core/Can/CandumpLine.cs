using System.Globalization;

namespace DriverMonitor.Core.Can;

/// <summary>One line of a log that <c>candump -l</c> writes: <c>(1436509052.249713) can0 123#DEADBEEF</c>.</summary>
public static class CandumpLine
{
    /// <summary>When, by the clock of whoever wrote it, and what; null for a line that is none of a classic data frame.</summary>
    public static (TimeSpan At, CanFrame Frame)? Parse(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        var end = line.IndexOf(')');
        if (line.IsEmpty || line[0] != '(' || end < 0 || Seconds(line[1..end]) is not { } at) return null;
        var rest = line[(end + 1)..].Trim();
        var blank = rest.IndexOf(' ');
        if (blank < 0) return null;
        rest = rest[(blank + 1)..].Trim();
        blank = rest.IndexOf(' '); // candump -x says R or T behind
        if (blank >= 0) rest = rest[..blank];
        var mark = rest.IndexOf('#');
        return mark < 0 || CanFrameId.ParseHex(rest[..mark]) is not { } id || Bytes(rest[(mark + 1)..], id) is not { } frame
            ? null
            : (at, frame);
    }

    public static string Format(TimeSpan at, string bus, in CanFrame frame)
    {
        Span<byte> bytes = stackalloc byte[frame.Length];
        for (var i = 0; i < frame.Length; i++) bytes[i] = frame[i];
        var (seconds, rest) = Math.DivRem(at.Ticks, TimeSpan.TicksPerSecond);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"({seconds}.{rest / TimeSpan.TicksPerMicrosecond:000000}) {bus} {frame.Id}#{Convert.ToHexString(bytes)}");
    }

    private static TimeSpan? Seconds(ReadOnlySpan<char> text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0 and < 1e11m
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;

    /// <summary>A remote frame (R) holds nothing, and one with ## is CAN FD.</summary>
    private static CanFrame? Bytes(ReadOnlySpan<char> hex, CanFrameId id)
    {
        if (hex.Length % 2 != 0 || hex.Length > 2 * CanFrame.MostBytes) return null;
        Span<byte> bytes = stackalloc byte[CanFrame.MostBytes];
        for (var i = 0; i < hex.Length; i += 2)
            if (!byte.TryParse(hex[i..(i + 2)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i / 2]))
                return null;
        return CanFrame.Of(id, bytes[..(hex.Length / 2)]);
    }
}
