using System.Globalization;
using DriverMonitor.Files;

namespace DriverMonitor.Vehicle.Can;

/// <summary>What the kernel says of a CAN interface, to explain why nothing comes from it.</summary>
/// <param name="network">Where the kernel shows its network interfaces.</param>
internal sealed class CanLink(string network = "/sys/class/net")
{
    /// <summary>ARPHRD_CAN of if_arp.h.</summary>
    private const string CanType = "280";

    /// <summary>The CAN interfaces that there are, in the order of their names.</summary>
    public IReadOnlyList<string> All() =>
        !Directory.Exists(network) ? []
        : [.. Directory.GetDirectories(network).Select(folder => Path.GetFileName(folder)!)
            .Where(name => Read(name, "type") == CanType).Order(StringComparer.Ordinal)];

    /// <summary>Why nothing comes from it, and what to do; null where the kernel sees nothing wrong.</summary>
    public string? Trouble(string name) => Read(name, "type") switch
    {
        null => $"there is no interface {name}{Others()}; is the adapter plugged in?",
        CanType => Read(name, "carrier") switch
        {
            "1" => null,
            // Asked of an interface that is down, the kernel gives an error in place of an answer.
            null => $"{name} is down; do: ip link set {name} up type can bitrate 500000 listen-only on",
            _ => $"{name} is off the bus (bus-off); check bit rate and wiring, then: ip link set {name} type can restart",
        },
        _ => $"{name} is no CAN interface{Others()}",
    };

    /// <summary>Frames that came over it since it is there; null where the kernel does not say.</summary>
    public long? Passed(string name) =>
        long.TryParse(Read(name, "statistics/rx_packets"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count : null;

    private string Others() => All() is { Count: > 0 } others ? $" (there are {string.Join(", ", others)})" : "";

    private string? Read(string name, string file)
    {
        try
        {
            return StoredFile.ReadText(Path.Combine(network, name, file)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
