namespace DriverMonitor.Configuration;

/// <summary>The configuration cannot be used; the message is one line: what, where, what to do (exit code 78).</summary>
internal sealed class ConfigurationException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// A file is gone, cannot be read or is none: cut off, empty, no JSON. Disks do that; a person's mistake in it is not meant.
    /// </summary>
    public bool IsDamage { get; init; }
}
