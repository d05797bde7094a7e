using System.CommandLine;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;

namespace DriverMonitor.Cli;

/// <summary>
/// <c>quiet</c>: switches every output off and ends. For systemd after the service, however it ended: a process that was
/// killed cannot stop its own PWM, and the kernel does not do it either.
/// </summary>
internal static class QuietCommand
{
    public static Command Make()
    {
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var command = new Command("quiet", "Switch buzzer, lamps and relay off.") { config };
        command.SetAction(line =>
        {
            Board
                .Open(MonitorOptions.Load(line.GetValue(config) ?? MonitorOptions.InstalledFile).Gpio, TimeProvider.System)
                .Dispose();
            return ExitCode.Fine;
        });
        return command;
    }
}
