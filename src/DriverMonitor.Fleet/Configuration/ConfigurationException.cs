namespace DriverMonitor.Fleet.Configuration;

/// <summary>The settings cannot be used: one line that says which and what to do; exit code 78.</summary>
internal sealed class ConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
