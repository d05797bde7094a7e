using System.Globalization;
using System.Text;

namespace DriverMonitor.Fleet.Web;

/// <summary>
/// A line of CSV (RFC 4180) that a spreadsheet takes for text: what begins like a formula would be run by whoever opens the file.
/// </summary>
internal static class CsvLine
{
    private static readonly System.Buffers.SearchValues<char> Quoted = System.Buffers.SearchValues.Create(",\"\r\n;\t");

    /// <summary>Spreadsheets begin a formula with one of these, also behind what is not seen.</summary>
    private const string Formula = "=+-@＝＋－＠";

    public static string Of(params ReadOnlySpan<string?> fields)
    {
        var line = new StringBuilder();
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0) line.Append(',');
            Append(line, fields[i] ?? "");
        }

        return line.Append("\r\n").ToString();
    }

    private static void Append(StringBuilder line, string field)
    {
        // A quote before it makes it text in every spreadsheet, and a reader that is none sees where it came from.
        if (field is ['\t' or '\r' or '\n', ..] || Formula.Contains(FirstSeen(field), StringComparison.Ordinal)) field = "'" + field;
        if (!field.AsSpan().ContainsAny(Quoted))
        {
            line.Append(field);
            return;
        }

        line.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    private static char FirstSeen(string field) =>
        field.FirstOrDefault(letter => !char.IsWhiteSpace(letter) && !char.IsControl(letter)
            && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.Format);
}
