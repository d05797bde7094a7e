namespace DriverMonitor.HeartRate;

/// <summary>A heart file cannot be used; the message is one line: file, line, what to do (exit code 66).</summary>
internal sealed class HeartFileException(string message) : Exception(message);
