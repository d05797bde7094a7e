using DriverMonitor.Core.Signals;

namespace DriverMonitor.Recording;

/// <summary>What the driver switched, in one byte of a recording: two bits each, 0 for unknown.</summary>
internal static class VehicleSwitches
{
    private const int Bits = 0b11, Wipers = 2, Door = 4, Unused = 6;

    /// <summary>0 where nothing of it is known.</summary>
    public static byte Pack(in VehicleReading vehicle) => (byte)(
        (vehicle.Indicator is { } indicator ? (int)indicator + 1 : 0)
        | Of(vehicle.WipersOn) << Wipers
        | Of(vehicle.DoorOpen) << Door);

    /// <exception cref="InvalidDataException">A switch is neither on nor off.</exception>
    public static VehicleReading Unpack(byte packed, in VehicleReading vehicle) => packed >> Unused != 0
        ? throw new InvalidDataException("a switch of the vehicle that is unknown")
        : vehicle with
        {
            Indicator = (packed & Bits) is > 0 and var indicator ? (Indicator)(indicator - 1) : null,
            WipersOn = IsOn(packed >> Wipers),
            DoorOpen = IsOn(packed >> Door),
        };

    private static int Of(bool? isOn) => isOn is { } known ? known ? 2 : 1 : 0;

    private static bool? IsOn(int packed) => (packed & Bits) switch
    {
        0 => null,
        1 => false,
        2 => true,
        _ => throw new InvalidDataException("a switch of the vehicle that is neither on nor off"),
    };
}
