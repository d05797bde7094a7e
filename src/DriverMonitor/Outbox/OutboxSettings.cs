using DriverMonitor.Configuration;

namespace DriverMonitor.Outbox;

/// <summary>Where events wait for the network.</summary>
internal sealed record OutboxSettings
{
    /// <summary>
    /// Folder of the queue on disk; null for the state folder that systemd gives the service. Where there is neither, events wait
    /// in memory, and what waits is lost when the program ends.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>The folder that is meant; null for memory.</summary>
    public string? Place() => ServiceFolders.State(Folder);
}
