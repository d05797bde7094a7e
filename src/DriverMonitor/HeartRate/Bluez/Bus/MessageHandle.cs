using Microsoft.Win32.SafeHandles;

namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>A message of libsystemd's, given back with its handle.</summary>
internal sealed class MessageHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibSystemd.Unref(handle);
        return true;
    }
}
