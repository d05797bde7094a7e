using System.Collections.Immutable;
using System.Globalization;

namespace DriverMonitor.Core.Can;

/// <summary>
/// Signals as text, in the notation of a .dbc file: <c>START|LENGTH@ORDER SIGN (FACTOR,OFFSET) [MIN|MAX]</c>, order 0 for
/// Motorola and 1 for Intel, sign + or -. In the settings the frame's identifier comes before, and the values that mean "on" come after:
/// <c>0x130 0|4@1+ =4,5</c>.
/// </summary>
public static class CanSignalText
{
    /// <summary>Longer texts are refused unread.</summary>
    public const int Longest = 512;

    /// <summary>A signal of the settings that is written out.</summary>
    /// <exception cref="FormatException">What is wrong with it, as a clause.</exception>
    public static CanSignal Parse(string text)
    {
        var (definition, on) = SplitOn(text);
        var end = definition.IndexOf(' ', StringComparison.Ordinal);
        if (end < 0 || CanFrameId.Parse(definition.AsSpan(0, end)) is not { } id)
            throw new FormatException("does not begin with an identifier such as 0x3E9, or 0x18FEF100 for one of 29 bits");
        return ParseDefinition(definition[end..].Trim()) with { Id = id, OnValues = on };
    }

    /// <summary>Whether the text is written out; otherwise it names a signal of the .dbc file.</summary>
    public static bool IsWrittenOut(string text) => text.Contains('|', StringComparison.Ordinal);

    /// <summary>What stands before the values that mean "on", and these values.</summary>
    /// <exception cref="FormatException">A value is no number.</exception>
    public static (string Before, ImmutableArray<double> On) SplitOn(string text)
    {
        if (text.Length > Longest) throw new FormatException($"is longer than {Longest} characters");
        var mark = text.IndexOf('=', StringComparison.Ordinal);
        if (mark < 0) return (text.Trim(), []);
        return (text[..mark].Trim(), [.. text[(mark + 1)..].Split(',').Select(value => Number(value, "a value after ="))]);
    }

    /// <summary>What stands between the identifier and the values that mean "on"; the identifier stays 0.</summary>
    /// <exception cref="FormatException">What is wrong with it, as a clause.</exception>
    public static CanSignal ParseDefinition(string text)
    {
        if (text.Length > Longest) throw new FormatException($"is longer than {Longest} characters");
        var rest = text.AsSpan();
        var start = Whole(Take(ref rest, '|'), "the start bit");
        var length = Whole(Take(ref rest, '@'), "the length");
        if (rest.Length < 2 || rest[0] is not ('0' or '1') || rest[1] is not ('+' or '-'))
            throw new FormatException("does not say @0+, @0-, @1+ or @1- after the length");
        var field = new CanField(
            start, length, rest[0] == '1' ? CanByteOrder.LittleEndian : CanByteOrder.BigEndian, IsSigned: rest[1] == '-');
        if (!field.IsInFrame) throw new FormatException($"says {length} bits from bit {start}, which is not within a frame's 64");
        rest = rest[2..].TrimStart();
        var (factor, offset) = Pair(ref rest, '(', ',', ')') ?? (1, 0);
        if (factor == 0) throw new FormatException("has the factor 0");
        var (minimum, maximum) = Pair(ref rest, '[', '|', ']') ?? (0, 0);
        if (minimum > maximum) throw new FormatException($"has a minimum above its maximum");
        if (!rest.IsEmpty) throw new FormatException("has something left at its end");
        return new(default, field, factor, offset, minimum, maximum);
    }

    private static (double, double)? Pair(ref ReadOnlySpan<char> rest, char opens, char parts, char closes)
    {
        if (rest.IsEmpty || rest[0] != opens) return null;
        rest = rest[1..];
        var first = Number(Take(ref rest, parts), $"what follows {opens}");
        var second = Number(Take(ref rest, closes), $"what follows {parts}");
        rest = rest.TrimStart();
        return (first, second);
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest, char until)
    {
        var end = rest.IndexOf(until);
        if (end < 0) throw new FormatException($"has no {until} where one belongs");
        var taken = rest[..end].Trim();
        rest = rest[(end + 1)..].TrimStart();
        return taken;
    }

    private static int Whole(ReadOnlySpan<char> text, string what) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"has no whole number for {what}");

    private static double Number(ReadOnlySpan<char> text, string what) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"has no number for {what}");
}
