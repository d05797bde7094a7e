using DriverMonitor.Tests.Outbox;

// Started by itself, this assembly is a vehicle that tests may kill.
return await KillableVehicle.RunAsync(args);
