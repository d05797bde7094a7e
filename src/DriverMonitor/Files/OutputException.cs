namespace DriverMonitor.Files;

/// <summary>An output cannot be finished; the message is one line (exit code 73).</summary>
internal sealed class OutputException(string message, Exception? inner = null) : Exception(message, inner);
