namespace DriverMonitor.Fleet.Wire;

/// <summary>What one message turned out to be. A message may be stored and found fault with at the same time.</summary>
/// <param name="Event">An event that has, or takes, its number.</param>
/// <param name="Contact">What the vehicle said of itself without a number.</param>
/// <param name="Finding">What does not fit the contract.</param>
internal readonly record struct Reading(FleetEvent? Event, VehicleContact? Contact, Finding? Finding);
