namespace DriverMonitor.Tests.Support;

/// <summary>
/// Fault injection runs in a short form always, and in its long form when <c>tests/run.sh --long</c> asks for it.
/// </summary>
internal static class LongForm
{
    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("DRIVERMONITOR_LONG") == "1";
}
