namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>The system bus cannot be reached or was lost; the message says what to do about it.</summary>
internal sealed class BusException(string message, Exception? inner = null) : Exception(message, inner);
