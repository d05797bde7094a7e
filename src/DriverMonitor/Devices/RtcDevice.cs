using System.Device.I2c;
using DriverMonitor.Time;
using Iot.Device.Rtc;

namespace DriverMonitor.Devices;

/// <summary>
/// A clock with a battery, kept in UTC: it says the time of day where no network does, and is set once one does. One that stopped
/// (its battery was empty) is not believed until it was set.
/// </summary>
internal sealed class RtcDevice : IPolledDevice
{
    // Ds3231: status register, oscillator-stop flag. Pcf8563: seconds register, voltage-low flag. Both in bit 7.
    private const byte Ds3231Status = 0x0F, Pcf8563Seconds = 0x02, Stopped = 0x80;

    /// <summary>What the registers can hold.</summary>
    private static readonly TimeSpan Drift = TimeSpan.FromSeconds(2);

    private readonly I2cDevice _bus;
    private readonly RtcBase _rtc;
    private readonly byte _statusRegister;
    private readonly ClockQuality _clock;

    public RtcDevice(DeviceKind kind, I2cDevice bus, ClockQuality clock)
    {
        (_bus, _clock) = (bus, clock);
        _rtc = kind == DeviceKind.Ds3231 ? new Ds3231(bus) : new Pcf8563(bus);
        _statusRegister = kind == DeviceKind.Ds3231 ? Ds3231Status : Pcf8563Seconds;
    }

    public void Poll()
    {
        var isStopped = (ReadStatus() & Stopped) != 0;
        var said = isStopped ? (DateTime?)null : _rtc.RtcDateTime;
        if (_clock.TrustedNow is not { } now)
        {
            if (said is { } time) _clock.OfferTimeOfDay(new(DateTime.SpecifyKind(time, DateTimeKind.Utc)));
        }
        else if (said is not { } time || (time - now.UtcDateTime).Duration() > Drift)
        {
            _rtc.RtcDateTime = now.UtcDateTime;
            if (_statusRegister == Ds3231Status) _bus.Write([Ds3231Status, (byte)(ReadStatus() & ~Stopped)]);
        }
    }

    public void Dispose() => _rtc.Dispose();

    private byte ReadStatus()
    {
        Span<byte> status = stackalloc byte[1];
        _bus.WriteRead([_statusRegister], status);
        return status[0];
    }
}
