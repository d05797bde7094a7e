namespace DriverMonitor.Fleet.Commands;

/// <summary>A value on the command line with which nothing can be done; the message says which would do.</summary>
internal sealed class UsageException(string message) : Exception(message);
