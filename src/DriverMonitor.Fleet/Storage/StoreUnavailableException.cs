namespace DriverMonitor.Fleet.Storage;

/// <summary>The store could not commit: away, read-only, or full. Nothing was stored.</summary>
internal sealed class StoreUnavailableException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>There is no room: waiting alone will not help, so vehicles are told to come back later.</summary>
    public bool IsFull { get; init; }
}
