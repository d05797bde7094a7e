using System.Device.Spi;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// A device on SPI as its registers, whose addresses are six bits beside the bits for reading and for going on. One that is
/// pulled out does not fail: its line reads all ones or all zeros, as the kernel's does.
/// </summary>
internal sealed class RegisterSpi : SpiDevice
{
    private const int Address = 0x3F, ReadBit = 0x80;

    /// <summary>Whoever is written to for a minute must not grow without end.</summary>
    private const int MostWrites = 10_000;

    public byte[] Registers { get; } = new byte[64];

    public List<byte[]> Writes { get; } = [];

    /// <summary>What every byte reads as; null while the device is there.</summary>
    public byte? PulledOut { get; set; }

    /// <summary>Set while the driver of the bus does not return.</summary>
    public ManualResetEventSlim? Holds { get; set; }

    public override SpiConnectionSettings ConnectionSettings { get; } = new(0, 0);

    public override void Read(Span<byte> buffer)
    {
        Holds?.Wait();
        buffer.Fill(PulledOut ?? 0);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Holds?.Wait();
        if (Writes.Count == MostWrites) Writes.Clear();
        Writes.Add(buffer.ToArray());
        if (PulledOut is not null || (buffer[0] & ReadBit) != 0 || buffer.Length > Registers.Length) return;
        for (var i = 1; i < buffer.Length; i++) Registers[(buffer[0] + i - 1) & Address] = buffer[i];
    }

    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        Holds?.Wait();
        for (var i = 0; i < readBuffer.Length; i++)
            readBuffer[i] = PulledOut ?? (i == 0 ? (byte)0 : Registers[((writeBuffer[0] & Address) + i - 1) & Address]);
    }
}
