using DriverMonitor.Tests.Outbox;
using DriverMonitor.Tests.Recording;

// Started by itself, this assembly is a vehicle that tests may kill.
return args is ["record", var folder, var events] ? RecordedVehicle.DriveWithoutEnd(folder, events) : await KillableVehicle.RunAsync(args);
