namespace DriverMonitor.HeartRate.Bluez;

/// <summary>Bluetooth cannot be used; the message is one line: what, and what to do (exit code 66).</summary>
internal sealed class StrapException(string message, Exception? inner = null) : Exception(message, inner);
