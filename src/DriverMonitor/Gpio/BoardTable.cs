using DriverMonitor.Files;

namespace DriverMonitor.Gpio;

/// <summary>A board by name: its header's GPIO chip, and the line of the buzzer's pin.</summary>
/// <param name="Chip">The chip's label: it survives kernels that renumber chips.</param>
/// <param name="BuzzerLine">Header pin 11, the chip's own offset.</param>
internal sealed record BoardRow(BoardKind Board, string Chip, int BuzzerLine);

/// <summary>The boards that hardware/README.md describes, with the other pins.</summary>
internal static class BoardTable
{
    // Line numbers: Raspberry Pi's BCM numbers; NVIDIA's pin table of the Orin Nano developer kit (PR.04 of tegra234-gpio).
    private static readonly BoardRow[] Rows =
    [
        new(BoardKind.Pi4, "pinctrl-bcm2711", 17),
        new(BoardKind.Pi5, "pinctrl-rp1", 17),
        new(BoardKind.JetsonOrinNano, "tegra234-gpio", 112),
    ];

    private static readonly BoardRow Plain = new(BoardKind.Chip, "0", 17);

    /// <summary>The board that this is, as the kernel's device tree names it; null for any other.</summary>
    public static BoardKind? Detect(string model = "/proc/device-tree/model")
    {
        try
        {
            var name = StoredFile.ReadText(model);
            return name.Contains("Raspberry Pi 5", StringComparison.Ordinal) ? BoardKind.Pi5
                : name.Contains("Raspberry Pi 4", StringComparison.Ordinal) ? BoardKind.Pi4
                : name.Contains("Orin Nano", StringComparison.Ordinal) ? BoardKind.JetsonOrinNano
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The row of a board; a plain chip's where it has none.</summary>
    public static BoardRow Of(BoardKind board) => Array.Find(Rows, row => row.Board == board) ?? Plain;
}
