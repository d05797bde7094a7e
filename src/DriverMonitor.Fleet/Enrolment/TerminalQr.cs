using System.Text;
using QRCoder;

namespace DriverMonitor.Fleet.Enrolment;

/// <summary>A QR code in half blocks, two rows of it a line of text: for a phone that hands the text to the vehicle.</summary>
internal static class TerminalQr
{
    /// <summary>Null for a text that no code can hold.</summary>
    public static string? Draw(string text)
    {
        try
        {
            using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
            var rows = data.ModuleMatrix;
            // QRCoder surrounds the code with its own quiet zone of four.
            var drawn = new StringBuilder();
            for (var y = 0; y < rows.Count; y += 2)
            {
                for (var x = 0; x < rows.Count; x++)
                    drawn.Append(Block(!rows[y][x], y + 1 >= rows.Count || !rows[y + 1][x]));
                drawn.Append('\n');
            }

            return drawn.ToString();
        }
        catch (QRCoder.Exceptions.DataTooLongException)
        {
            return null;
        }
    }

    /// <summary>Light is drawn and dark left out: terminals are dark.</summary>
    private static char Block(bool upper, bool lower) => (upper, lower) switch
    {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        _ => ' ',
    };
}
