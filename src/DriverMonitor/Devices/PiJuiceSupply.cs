using System.Device.I2c;
using Iot.Device.PiJuiceDevice;
using Iot.Device.PiJuiceDevice.Models;

namespace DriverMonitor.Devices;

/// <summary>An uninterruptible supply with a battery, which says whether the board's supply is gone.</summary>
internal sealed class PiJuiceSupply : IPolledDevice
{
    /// <summary>How long its battery is trusted where it does not say its charge. Judgement.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromMinutes(1);

    private readonly PiJuice _board;
    private readonly PiJuiceStatus _status;
    private readonly Action<bool, double?>? _supply;

    public PiJuiceSupply(I2cDevice bus, Action<bool, double?>? supply)
    {
        _board = new(bus);
        (_status, _supply) = (new(_board), supply);
    }

    /// <summary>It is fed by its own socket, or through the header; "weak" is fed and "bad" is not (its data sheet).</summary>
    public void Poll()
    {
        var status = _status.GetStatus();
        double charge = _status.GetChargeLevel();
        _supply?.Invoke(
            !IsFed(status.PowerInput) && !IsFed(status.PowerInput5VoltInput), charge is >= 0 and <= 100 ? charge : null);
    }

    public void Dispose() => _board.Dispose();

    private static bool IsFed(PowerInState input) => input is PowerInState.Present or PowerInState.Weak;
}
