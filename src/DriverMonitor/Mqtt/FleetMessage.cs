namespace DriverMonitor.Mqtt;

/// <summary>Something the fleet sent to this vehicle, as it came: nothing of it is believed yet.</summary>
/// <param name="Topic">Below <c>{root}/cmd/</c>.</param>
/// <param name="Retained">It lay at the broker before we asked; an order that is kept for whoever comes is none.</param>
internal sealed record FleetMessage(string Topic, byte[] Body, bool Retained);
