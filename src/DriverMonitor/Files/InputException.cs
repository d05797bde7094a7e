namespace DriverMonitor.Files;

/// <summary>An input is missing, of the wrong kind or cannot be read; the message is one line (exit code 66).</summary>
internal sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
