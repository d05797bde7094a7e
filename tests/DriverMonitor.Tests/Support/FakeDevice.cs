using DriverMonitor.Devices;

namespace DriverMonitor.Tests.Support;

/// <summary>A device of any kind as its registers say it, which can be pulled out, hang its bus, and talk nonsense.</summary>
internal sealed class FakeDevice : IDisposable
{
    private readonly RegisterI2c _i2c = new();
    private readonly RegisterSpi _spi = new();
    private readonly SerialSensor _serial = new();
    private readonly DevicePlace _place;

    public FakeDevice(DeviceKind kind)
    {
        _place = DevicePlace.Parse(DeviceTable.Of(kind) switch
        {
            { Bus: DeviceBus.I2c } row => $"{kind}@1:0x{row.Addresses[0]:x2}",
            { Bus: DeviceBus.Spi } => $"{kind}@0.0",
            _ => $"{kind}@/dev/null",
        });
        (_i2c.Answer, _serial.Answer) = (AnswerI2c, AnswerSerial);
        FillRegisters();
    }

    public DevicePlace Place => _place;

    public void Dispose()
    {
        _i2c.Dispose();
        _spi.Dispose();
        _serial.Dispose();
    }

    /// <summary>The buses on which it hangs, alone.</summary>
    public DeviceBuses Buses => new(
        (bus, address) =>
            (bus, address) == (_place.Bus, _place.Address) ? _i2c : new RegisterI2c(address) { IsPulledOut = true },
        _ => _spi, _ => _serial);

    public void PullOut(bool isOut)
    {
        (_i2c.IsPulledOut, _serial.IsPulledOut, _spi.PulledOut) = (isOut, isOut, isOut ? (byte)0 : null);
        if (!isOut) FillRegisters();
    }

    public bool IsHeld => _i2c.Holds is not null;

    public void Hold(ManualResetEventSlim? holds) => (_i2c.Holds, _spi.Holds, _serial.Holds) = (holds, holds, holds);

    /// <summary>Every byte that is read is this one.</summary>
    public void Garble(byte with)
    {
        (_i2c.Answer, _spi.PulledOut) = (_ => Enumerable.Repeat(with, 32).ToArray(), with);
        _serial.Answer = _ => Enumerable.Repeat(with, 9).ToArray();
    }

    /// <summary>Whatever is read is what this gives.</summary>
    public void Garble(Func<int, byte[]> bytes)
    {
        _i2c.Answer = _ => bytes(32);
        _serial.Answer = _ => bytes(9);
        bytes(_spi.Registers.Length).CopyTo(_spi.Registers, 0);
    }

    /// <summary>What the data sheets say of each kind at rest: 21:15:42, some light, 950 ppm, one g, fed, 83 % charged.</summary>
    private void FillRegisters()
    {
        var registers = _i2c.Registers;
        switch (_place.Kind)
        {
            case DeviceKind.Ds3231:
                Set(registers, 0, 0x42, 0x15, 0x21, 0x01, 0x30, 0x91, 0x26);
                break;
            case DeviceKind.Pcf8563:
                Set(registers, 2, 0x42, 0x15, 0x21, 0x30, 0x01, 0x11, 0x26);
                break;
            case DeviceKind.Max44009:
                Set(registers, 3, 0x48, 0x01);
                break;
            case DeviceKind.Tsl2561:
                Set(registers, 0xAC, 0xE8, 0x03, 0x64, 0x00);
                break;
            case DeviceKind.Mpu6886:
                Set(registers, 0x75, 0x19);
                Set(registers, 0x3B, 0, 4, 0, 2, 0x10, 0);
                break;
            case DeviceKind.Bno055:
                Set(registers, 0, 0xA0, 0xFB, 0x32, 0x0F);
                Set(registers, 8, 4, 0, 2, 0, 0xD5, 0x03);
                break;
            case DeviceKind.Adxl345:
                Set(_spi.Registers, 0x32, 1, 0, 0, 0, 128, 0);
                break;
        }
    }

    private byte[]? AnswerI2c(byte[] asked) => (_place.Kind, asked is [var first, ..] ? first : 0) switch
    {
        (DeviceKind.Bh1750, _) => [0x01, 0x90],
        // Sensirion's words have a sum each; data ready, then 950 ppm, 21 °C, 40 %.
        (DeviceKind.Scd4x, 0xE4) => Words(0x8006),
        (DeviceKind.Scd4x, 0xEC) => Words(950, 0x6034, 0x6666),
        (DeviceKind.PiJuice, 0xFD) => WithSum(0x14, 0x00),
        (DeviceKind.PiJuice, 0x40) => WithSum(0x70),
        (DeviceKind.PiJuice, 0x41) => WithSum(83),
        _ => null,
    };

    private static byte[] AnswerSerial(byte[] asked)
    {
        byte[] answer = [0xFF, 0x86, 0x03, 0xB6, 0x40, 0, 0, 0, 0];
        answer[8] = (byte)(0x100 - answer[1..8].Sum(one => one));
        return answer;
    }

    private static byte[] Words(params ushort[] words) =>
        [.. words.SelectMany(word => new[] { (byte)(word >> 8), (byte)word, Sum((byte)(word >> 8), (byte)word) })];

    /// <summary>CRC-8 with polynomial 0x31, begun with 0xFF (data sheet of the SCD4x).</summary>
    private static byte Sum(params byte[] bytes)
    {
        var sum = 0xFF;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 0x80) != 0 ? (sum << 1 ^ 0x31) & 0xFF : sum << 1 & 0xFF;
        }

        return (byte)sum;
    }

    private static byte[] WithSum(params byte[] bytes) =>
        [.. bytes, bytes.Aggregate((byte)0xFF, (sum, one) => (byte)(sum ^ one))];

    private static void Set(byte[] registers, int from, params byte[] values) => values.CopyTo(registers, from);
}
