using Microsoft.Win32.SafeHandles;

namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>A connection to the bus, closed with its handle.</summary>
internal sealed class BusHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibSystemd.CloseUnref(handle);
        return true;
    }
}
