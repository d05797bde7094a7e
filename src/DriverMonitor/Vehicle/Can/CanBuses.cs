namespace DriverMonitor.Vehicle.Can;

/// <summary>Opens the bus that the settings name.</summary>
internal static class CanBuses
{
    /// <exception cref="IOException">There is no such bus.</exception>
    /// <exception cref="Files.InputException">The log cannot be read.</exception>
    public static ICanBus Open(CanSettings settings, TimeProvider time, CancellationToken stop) =>
        settings.Log is { } log ? new CandumpBus(log, time, stop) : new SocketCanBus(settings.Interface!);

    /// <summary>Why nothing comes from it, as far as the kernel knows.</summary>
    public static string? Trouble(CanSettings settings) =>
        settings.Interface is { } name ? new CanLink().Trouble(name) : null;
}
