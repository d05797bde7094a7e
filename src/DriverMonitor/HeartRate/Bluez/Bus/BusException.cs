using System.Runtime.InteropServices;

namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>The system bus cannot be reached or was lost; the message says what to do about it.</summary>
internal sealed class BusException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <param name="what">What failed, as a sentence without its full stop.</param>
    /// <param name="result">What libsystemd returned: a negative errno.</param>
    public static BusException Of(string what, int result) => new($"{what}: {Marshal.GetPInvokeErrorMessage(-result)}.");
}
