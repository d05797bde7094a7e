namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>Which signals the bus is asked to pass on.</summary>
/// <param name="Sender">Its name on the bus.</param>
/// <param name="FirstArgument">Only those whose first argument is this text.</param>
internal sealed record BusSignals(string Sender, string Interface, string? Member = null, string? FirstArgument = null);
