namespace DriverMonitor.Configuration;

/// <summary>The configuration cannot be used; the message is one line: what, where, what to do (exit code 78).</summary>
internal sealed class ConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
