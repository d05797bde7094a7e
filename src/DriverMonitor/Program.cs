using System.CommandLine;
using System.CommandLine.Invocation;
using DriverMonitor;
using DriverMonitor.Camera;
using DriverMonitor.Commands;
using DriverMonitor.Gpio;
using DriverMonitor.HeartRate;
using DriverMonitor.Host;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;

var root = new RootCommand("Watches a driver's eyes, head and heart on the device, warns by buzzer, tells the fleet by MQTT.")
{
    RunCommand.Make(),
    DemoCommand.Make(),
    ReplayCommand.Make(),
    CheckCommand.Make(),
    BenchCommand.Make(),
};

var line = root.Parse(args);
if (line.Errors.Count > 0 && line.Action is ParseErrorAction)
{
    Console.Error.WriteLine($"drivermonitor: {line.Errors[0].Message} Try 'drivermonitor --help'.");
    return ExitCode.BadUsage;
}

try
{
    return line.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is ConfigurationException or ModelException or BoardException)
{
    return Say(e, ExitCode.BadConfiguration);
}
catch (Exception e) when (e is CameraException or HeartFileException or VehicleFileException)
{
    return Say(e, ExitCode.InputUnreadable);
}
catch (OperationCanceledException)
{
    return ExitCode.Fine;
}

static int Say(Exception e, int code)
{
    Console.Error.WriteLine($"drivermonitor: {e.Message}");
    return code;
}
