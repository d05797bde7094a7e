using DriverMonitor.Core.Can;

namespace DriverMonitor.Vehicle.Can;

/// <summary>Opens the bus that the settings name.</summary>
internal static class CanBuses
{
    /// <param name="wanted">The frames that are read, where the kernel can sort; null for all.</param>
    /// <exception cref="IOException">There is no such bus.</exception>
    /// <exception cref="Files.InputException">The log cannot be read.</exception>
    public static ICanBus Open(
        CanSettings settings, TimeProvider time, CancellationToken stop, IReadOnlyList<CanIdRange>? wanted = null) =>
        settings.Log is { } log ? new CandumpBus(log, time, stop) : new SocketCanBus(settings.Interface!, wanted);

    /// <summary>Why nothing comes from it, as far as the kernel knows.</summary>
    public static string? Trouble(CanSettings settings) =>
        settings.Interface is { } name ? new CanLink().Trouble(name) : null;

    /// <summary>How many frames came over it, whether they are read or not; null where nobody counts.</summary>
    public static long? Passed(CanSettings settings) =>
        settings.Interface is { } name ? new CanLink().Passed(name) : null;
}
