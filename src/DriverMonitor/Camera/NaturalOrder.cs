namespace DriverMonitor.Camera;

/// <summary>
/// img2 before img10: runs of digits are compared as numbers. (The platform's own numeric ordering needs ICU, which is switched
/// off.)
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Comparer = new();

    public int Compare(string? x, string? y)
    {
        var a = x.AsSpan();
        var b = y.AsSpan();
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var left = Digits(a);
            var right = Digits(b);
            var order =
                left.Length > 0 && right.Length > 0
                    ? AsNumbers(left, right)
                    : char.ToUpperInvariant(a[0]).CompareTo(char.ToUpperInvariant(b[0]));
            if (order != 0)
                return order;
            a = a[Math.Max(1, left.Length)..];
            b = b[Math.Max(1, right.Length)..];
        }

        return a.Length - b.Length;
    }

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text[..end];
    }

    private static int AsNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var x = a.TrimStart('0');
        var y = b.TrimStart('0');
        return x.Length != y.Length ? x.Length - y.Length : x.SequenceCompareTo(y);
    }
}
