using DriverMonitor.Tests.Gpio;
using DriverMonitor.Tests.Outbox;
using DriverMonitor.Tests.Recording;

// Started by itself, this assembly is a vehicle that tests may kill.
return args switch
{
    ["record", var folder, var events] => RecordedVehicle.DriveWithoutEnd(folder, events),
    ["buzzer-bug"] => BuzzerFaultTests.RunWithBug(),
    _ => await KillableVehicle.RunAsync(args),
};
