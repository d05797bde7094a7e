using System.Buffers.Binary;
using System.Device.I2c;

namespace DriverMonitor.Devices;

/// <summary>
/// The light of a TSL2560 or TSL2561 from its two channels (data sheet, page 23, packages T, FN, CL; 402 ms, gain 1). The binding
/// sets the sensor up; of the infrared channel it reads one byte of two and divides in whole numbers, so that our own lamps would
/// be taken for daylight.
/// </summary>
internal static class Tsl2561Light
{
    // Command bit, word bit, first register of each channel.
    private const byte Both = 0xAC, Infrared = 0xAE;

    public static double Read(I2cDevice bus) => Lux(ReadWord(bus, Both), ReadWord(bus, Infrared));

    /// <param name="both">Visible and infrared light.</param>
    /// <param name="infrared">Infrared light alone.</param>
    public static double Lux(int both, int infrared)
    {
        if (both == 0) return 0;
        var ratio = (double)infrared / both;
        return ratio switch
        {
            <= 0.5 => 0.0304 * both - 0.062 * both * Math.Pow(ratio, 1.4),
            <= 0.61 => 0.0224 * both - 0.031 * infrared,
            <= 0.8 => 0.0128 * both - 0.0153 * infrared,
            <= 1.3 => 0.00146 * both - 0.00112 * infrared,
            _ => 0,
        };
    }

    private static int ReadWord(I2cDevice bus, byte register)
    {
        Span<byte> word = stackalloc byte[2];
        bus.WriteRead([register], word);
        return BinaryPrimitives.ReadUInt16LittleEndian(word);
    }
}
