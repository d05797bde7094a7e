using DriverMonitor.Core.Can;

namespace DriverMonitor.Vehicle.Can;

/// <summary>A bus whose frames are read one by one, on one thread.</summary>
internal interface ICanBus : IDisposable
{
    /// <summary>When the last frame came, by the log that is played; null for now.</summary>
    TimeSpan? LoggedAt { get; }

    /// <summary>Waits for the next data frame.</summary>
    /// <returns>False when there will be no more.</returns>
    /// <exception cref="IOException">The bus is gone.</exception>
    bool TryRead(out CanFrame frame);

    /// <summary>Sends a frame; may be called from another thread.</summary>
    /// <exception cref="IOException">The bus does not take it.</exception>
    void Write(in CanFrame frame);
}
