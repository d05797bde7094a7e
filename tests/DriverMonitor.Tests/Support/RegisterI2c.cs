using System.Device.I2c;

namespace DriverMonitor.Tests.Support;

/// <summary>
/// A device on I2C as its registers: a write sets the register pointer and what follows it, a read goes on from there. It can be
/// pulled out, and can hold the bus so that a call does not return.
/// </summary>
internal sealed class RegisterI2c(int address = 0x42) : I2cDevice
{
    /// <summary>Whoever is written to for a minute must not grow without end.</summary>
    private const int MostWrites = 10_000;

    private int _pointer;

    /// <summary>256 registers of a byte.</summary>
    public byte[] Registers { get; } = new byte[256];

    public List<byte[]> Writes { get; } = [];

    public bool IsPulledOut { get; set; }

    /// <summary>Set while the device holds the bus.</summary>
    public ManualResetEventSlim? Holds { get; set; }

    /// <summary>Answers a read in place of the registers, from the bytes written last.</summary>
    public Func<byte[], byte[]?>? Answer { get; set; }

    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, address);

    public override void Read(Span<byte> buffer)
    {
        Touch();
        if (Answer?.Invoke(Writes.Count > 0 ? Writes[^1] : []) is { } answer)
        {
            answer.AsSpan(0, Math.Min(answer.Length, buffer.Length)).CopyTo(buffer);
            return;
        }

        for (var i = 0; i < buffer.Length; i++) buffer[i] = Registers[(_pointer + i) & 0xFF];
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Touch();
        if (Writes.Count == MostWrites) Writes.Clear();
        Writes.Add(buffer.ToArray());
        if (buffer.IsEmpty) return;
        _pointer = buffer[0];
        for (var i = 1; i < buffer.Length; i++) Registers[(_pointer + i - 1) & 0xFF] = buffer[i];
    }

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
    {
        Write(writeBuffer);
        Read(readBuffer);
    }

    private void Touch()
    {
        Holds?.Wait();
        if (IsPulledOut) throw new IOException("Error 121 performing I2C data transfer.");
    }
}
