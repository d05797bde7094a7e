namespace DriverMonitor.Fleet.Wire;

/// <summary>How long an order may be obeyed, and a broker keeps it.</summary>
internal static class OrderLifetime
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
}
