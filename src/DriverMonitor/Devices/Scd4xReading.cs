using System.Buffers.Binary;
using System.Device.I2c;

namespace DriverMonitor.Devices;

/// <summary>
/// What an SCD4x has measured (data sheet 1.4, sections 3.6.2 and 3.9.2). The binding starts the sensor; its own reading waits
/// five seconds on the bus's thread, as a sensor that hangs does.
/// </summary>
internal sealed class Scd4xReading(I2cDevice bus)
{
    /// <summary>It measures every five seconds, and is asked as often.</summary>
    private const int MostWaits = 6;

    private const int WordBytes = 3;
    private static readonly byte[] IsReady = [0xE4, 0xB8], Measurement = [0xEC, 0x05];

    /// <summary>What it needs from a command to its answer, twice over.</summary>
    private static readonly TimeSpan Thinks = TimeSpan.FromMilliseconds(2);

    private static readonly ManualResetEventSlim Never = new();

    private int _waits;

    /// <summary>Both null where it has not measured since it was asked last.</summary>
    public (double? Ppm, double? Celsius) Read()
    {
        Span<byte> answer = stackalloc byte[3 * WordBytes];
        // Asked for what it has not measured yet, it does not answer: that would look like one that is unplugged.
        Ask(IsReady, answer[..WordBytes]);
        if (Word(answer) is not { } ready) throw Garbled();
        if ((ready & 0x7FF) == 0)
            return ++_waits < MostWaits ? default : throw new DeviceException("it measures nothing; check its wiring and its supply");
        _waits = 0;
        Ask(Measurement, answer);
        return Word(answer) is { } ppm && Word(answer[WordBytes..]) is { } celsius
            ? (ppm, -45 + 175.0 * celsius / 0xFFFF)
            : throw Garbled();
    }

    private void Ask(byte[] command, Span<byte> answer)
    {
        bus.Write(command);
        Never.Wait(Thinks);
        bus.Read(answer);
    }

    private static DeviceException Garbled() => new("the sums of what it says are wrong; check its wiring");

    /// <summary>Null where its sum is wrong: CRC-8 with polynomial 0x31, begun with 0xFF.</summary>
    private static int? Word(ReadOnlySpan<byte> bytes)
    {
        var sum = 0xFF;
        foreach (var one in bytes[..2])
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 0x80) != 0 ? (sum << 1 ^ 0x31) & 0xFF : sum << 1;
        }

        return sum == bytes[2] ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : null;
    }
}
