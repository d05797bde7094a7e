using System.CommandLine;
using System.CommandLine.Invocation;
using DriverMonitor;
using DriverMonitor.Camera;
using DriverMonitor.Cli;
using DriverMonitor.Configuration;
using DriverMonitor.Files;
using DriverMonitor.Gpio;
using DriverMonitor.HeartRate;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Hosting;
using DriverMonitor.Recording;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;

// ENOSPC and EDQUOT: standard output is an output, too.
const int DiskFull = 28, OverQuota = 122;

CrashExit.Install();
if (OpenFiles.WhyTooFew() is { } tooFew)
{
    Console.Error.WriteLine($"drivermonitor: {tooFew}");
    return ExitCode.BadConfiguration;
}

var root = new RootCommand("Watches a driver's eyes, head and heart on the device, warns by buzzer, tells the fleet by MQTT.")
{
    RunCommand.Make(),
    DemoCommand.Make(),
    ReplayCommand.Make(),
    CheckCommand.Make(),
    HeartCommand.Make(),
    QuietCommand.Make(),
    SetupCommand.Make(),
    BenchCommand.Make(),
    ConsentCommand.Make(),
    PasswordCommand.Make(),
    RightsCommands.Export(),
    RightsCommands.Erase(),
    RightsCommands.Audit(),
    RecordingCommand.Make(),
};

var line = root.Parse(args);
if (line.Errors.Count > 0 && line.Action is ParseErrorAction)
{
    var mistake = line.UnmatchedTokens.Count > 0 ? $"'{line.UnmatchedTokens[0]}' is not understood here." : line.Errors[0].Message;
    Console.Error.WriteLine($"drivermonitor: {ShownText.Line(mistake)} Try 'drivermonitor --help'.");
    return ExitCode.BadUsage;
}

if (EmptyValue.In(line) is { } empty)
{
    Console.Error.WriteLine($"drivermonitor: {empty} is empty. Give a value, or leave it out.");
    return ExitCode.BadUsage;
}

try
{
    return await Interruption.RunAsync(line);
}
catch (Exception e) when (e is ConfigurationException or ModelException or BoardException)
{
    return PrintError(e, ExitCode.BadConfiguration);
}
catch (UsageException e)
{
    return PrintError(e, ExitCode.BadUsage);
}
catch (OutputException e)
{
    return PrintError(e, ExitCode.CannotWrite);
}
catch (Exception e) when (e is InputException or CameraException or HeartFileException or StrapException or VehicleFileException or RecordingException)
{
    return PrintError(e, ExitCode.InputUnreadable);
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("drivermonitor: interrupted.");
    return ExitCode.Interrupted;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    return PrintError(e, e.HResult is DiskFull or OverQuota ? ExitCode.CannotWrite : ExitCode.DeviceFailed);
}

#pragma warning disable CA1031 // our own bug: said whole, with the code that makes systemd start us again (an unhandled one would be 134)
catch (Exception e)
{
    Console.Error.WriteLine($"drivermonitor: this is a bug in the program, please report it: {e}");
    return ExitCode.OurBug;
}
#pragma warning restore CA1031

static int PrintError(Exception e, int code)
{
    Console.Error.WriteLine($"drivermonitor: {ShownText.Line(e.Message)}");
    return code;
}
