namespace DriverMonitor.Files;

/// <summary>The command line asks for what must not be done; the message is one line (exit code 64).</summary>
internal sealed class UsageException(string message) : Exception(message);
