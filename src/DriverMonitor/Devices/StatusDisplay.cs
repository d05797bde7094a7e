using System.Device.I2c;

namespace DriverMonitor.Devices;

/// <summary>A display of 128 x 64 points with one large word; dimmed at night, light on dark.</summary>
/// <remarks>
/// The bindings' own class draws through an image library that this program does not have; the display's commands are few.
/// </remarks>
internal sealed class StatusDisplay : IPolledDevice
{
    private const int Width = 128, Height = 64;
    private const byte Commands = 0x00, Data = 0x40, SetContrast = 0x81, Off = 0xAE;
    private const byte DayContrast = 0xFF, NightContrast = 0x01;

    // Solomon Systech SSD1306, application note: clock, rows, charge pump, horizontal addressing, turned so that its pins are up.
    private static readonly byte[] Start =
    [
        Commands, 0xAE, 0xD5, 0x80, 0xA8, 0x3F, 0xD3, 0x00, 0x40, 0x8D, 0x14, 0x20, 0x00, 0xA1, 0xC8, 0xDA, 0x12, 0xD9, 0xF1,
        0xDB, 0x40, 0xA4, 0xA6, 0xAF,
    ];

    private static readonly byte[] WholeScreen = [Commands, 0x21, 0, Width - 1, 0x22, 0, Height / 8 - 1];

    private readonly I2cDevice _bus;
    private readonly StatusBoard _board;
    private readonly byte[] _picture = new byte[1 + Width * Height / 8];

    public StatusDisplay(I2cDevice bus, StatusBoard board)
    {
        (_bus, _board) = (bus, board);
        _picture[0] = Data;
        bus.Write(Start);
    }

    /// <summary>Written again where nothing changed: one that was unplugged is noticed, and set up anew.</summary>
    public void Poll()
    {
        BlockLetters.Draw(GlanceLook.Of(_board.Glance.State).Word, _picture.AsSpan(1), Width);
        _bus.Write([Commands, SetContrast, _board.IsNight ? NightContrast : DayContrast]);
        _bus.Write(WholeScreen);
        _bus.Write(_picture);
    }

    public void Dispose()
    {
        _bus.Write([Commands, Off]);
        _bus.Dispose();
    }
}
