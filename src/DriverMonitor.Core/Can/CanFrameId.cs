using System.Globalization;

namespace DriverMonitor.Core.Can;

/// <summary>A frame's identifier: 0x123 of 11 bits and 0x00000123 of 29 are two different ones.</summary>
public readonly record struct CanFrameId(uint Value, bool IsExtended) : IComparable<CanFrameId>
{
    public const uint HighestStandard = 0x7FF, HighestExtended = 0x1FFFFFFF;

    /// <summary>
    /// Decimal, or hexadecimal after 0x as candump writes it: three digits at most are 11 bits, eight are 29; null for neither.
    /// </summary>
    public static CanFrameId? Parse(ReadOnlySpan<char> text)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (isHex) return ParseHex(text[2..]);
        var isNumber = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        return isNumber && value <= HighestExtended ? new(value, value > HighestStandard) : null;
    }

    /// <summary>Without 0x.</summary>
    public static CanFrameId? ParseHex(ReadOnlySpan<char> digits)
    {
        if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return null;
        var isExtended = digits.Length > 3;
        return value <= (isExtended ? HighestExtended : HighestStandard) ? new(value, isExtended) : null;
    }

    public int CompareTo(CanFrameId other) =>
        IsExtended != other.IsExtended ? IsExtended.CompareTo(other.IsExtended) : Value.CompareTo(other.Value);

    public static bool operator <(CanFrameId one, CanFrameId other) => one.CompareTo(other) < 0;

    public static bool operator >(CanFrameId one, CanFrameId other) => one.CompareTo(other) > 0;

    public static bool operator <=(CanFrameId one, CanFrameId other) => one.CompareTo(other) <= 0;

    public static bool operator >=(CanFrameId one, CanFrameId other) => one.CompareTo(other) >= 0;

    /// <summary>As candump writes it: three digits, or eight.</summary>
    public override string ToString() => Value.ToString(IsExtended ? "X8" : "X3", CultureInfo.InvariantCulture);
}
