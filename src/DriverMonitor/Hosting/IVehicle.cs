using DriverMonitor.Core.Signals;

namespace DriverMonitor.Hosting;

/// <summary>What the vehicle says; asked before every picture, so it must answer at once from what it last heard.</summary>
internal interface IVehicle
{
    /// <summary>The reading for this moment, or null if nothing new is known.</summary>
    VehicleReading? Read(TimeSpan at);
}
