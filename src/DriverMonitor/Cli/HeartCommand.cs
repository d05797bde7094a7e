using System.CommandLine;
using DriverMonitor.Configuration;
using DriverMonitor.Files;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using Spectre.Console;

namespace DriverMonitor.Cli;

/// <summary><c>heart</c>: which straps are near, which one belongs to this vehicle, and what it says.</summary>
internal static class HeartCommand
{
    private static readonly TimeSpan PairPatience = TimeSpan.FromSeconds(60);

    public static Command Make()
    {
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        return new Command("heart", "Find, bind and watch a Bluetooth heart-rate strap.")
        {
            Scan(config),
            Pair(config),
            Watch(config),
        };
    }

    private static Command Scan(Option<string?> config)
    {
        var seconds = new Option<int>("--seconds") { Description = "How long to listen.", DefaultValueFactory = _ => 10 };
        NumberOption.Limit(seconds, 1, NumberOption.LongestWatch);
        var command = new Command("scan", "List the straps near. Wear them: most are silent off the body.") { seconds, config };
        command.SetAction(
            (line, stop) =>
                Task.FromResult(Scan(Settings(line.GetValue(config)), TimeSpan.FromSeconds(line.GetValue(seconds)), stop)));
        return command;
    }

    private static Command Pair(Option<string?> config)
    {
        var address = new Argument<string>("ADDRESS") { Description = "As 'heart scan' shows it, such as A0:9E:1A:00:11:22." };
        var only = new Option<bool>("--only") { Description = "Forget the straps that were bound before." };
        address.Validators.Add(result =>
        {
            if (!BluetoothSettings.IsAddress(result.GetValueOrDefault<string>()))
                result.AddError($"'{result.GetValueOrDefault<string>()}' is no address such as A0:9E:1A:00:11:22.");
        });
        var command = new Command("pair", "Bind a strap to this vehicle, once its pulse was heard.") { address, only, config };
        command.SetAction(
            (line, stop) =>
                Pair(line.GetRequiredValue(address).ToUpperInvariant(), line.GetValue(only), line.GetValue(config), stop));
        return command;
    }

    private static Command Watch(Option<string?> config)
    {
        var address = new Option<string?>("--address") { Description = "Another strap than the bound one." };
        var seconds = new Option<int?>("--seconds") { Description = "End by itself." };
        var plain = new Option<bool>("--plain") { Description = "One line a packet, for a file or a pipe." };
        NumberOption.Limit(seconds, 1, NumberOption.LongestWatch);
        var command = new Command("watch", "Show the pulse as it comes.") { address, seconds, plain, config };
        command.SetAction(
            (line, stop) =>
            {
                var settings = Settings(line.GetValue(config));
                if (line.GetValue(address) is { } other)
                    settings = settings with { Addresses = [other] };
                return HeartScreen.WatchAsync(
                    Checked(settings), line.GetValue(seconds), line.GetValue(plain), TimeProvider.System, stop);
            }
        );
        return command;
    }

    /// <summary>Shows the straps near; that there is no Bluetooth is told, and no reason to stop.</summary>
    public static void ScanNow(BluetoothSettings settings, CancellationToken stop)
    {
        try
        {
            Scan(settings, TimeSpan.FromSeconds(10), stop);
        }
        catch (StrapException e)
        {
            Console.WriteLine($"  {e.Message}");
        }
    }

    private static BluetoothSettings Settings(string? config) =>
        MonitorOptions.Load(config ?? MonitorOptions.InstalledFile).HeartRate.Bluetooth;

    private static BluetoothSettings Checked(BluetoothSettings settings)
    {
        SettingsFile.Check(settings, "the command line");
        return settings.Addresses.Length > 0
            ? settings
            : throw new ConfigurationException(
                "No strap is bound. Find its address with 'drivermonitor heart scan', then 'drivermonitor heart pair ADDRESS'.");
    }

    private static int Scan(BluetoothSettings settings, TimeSpan lasting, CancellationToken stop)
    {
        var straps = StrapScan.Run(settings, lasting, TimeProvider.System, stop);
        if (straps.Count == 0)
        {
            Console.Error.WriteLine(
                $"drivermonitor: No strap was heard within {lasting.TotalSeconds:0} s. Is it worn, wet and not connected to a watch or phone?"
            );
            return ExitCode.Failed;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("address", "name", "signal", "");
        foreach (var strap in straps)
            table.AddRow(
                strap.Address,
                Markup.Escape(strap.Name),
                strap.Rssi is { } dbm ? $"{dbm} dBm" : "connected",
                StrapScan.IsBound(settings, strap) ? "bound" : "");
        AnsiConsole.Write(table);
        if (!straps.Any(strap => StrapScan.IsBound(settings, strap)))
            Console.WriteLine("Bind one to this vehicle with 'drivermonitor heart pair ADDRESS'.");
        return ExitCode.Fine;
    }

    private static async Task<int> Pair(string address, bool only, string? config, CancellationToken stop)
    {
        var file = config ?? MonitorOptions.InstalledFile;
        using var strap = BluezStrap.Open(
            Settings(config) with
            {
                Addresses = [address],
                Bond = true,
            },
            null,
            TimeProvider.System);
        Console.WriteLine($"Calling {address}. Wear it, with the electrodes wet.");
        if (!await HeartScreen.WaitForPulseAsync(strap, PairPatience, Console.WriteLine, TimeProvider.System, stop))
        {
            Console.Error.WriteLine(
                $"drivermonitor: {address} gave no pulse within {PairPatience.TotalSeconds:0} s: {BluezStrap.Describe(strap.Status)}."
            );
            return ExitCode.Failed;
        }

        Console.WriteLine($"{HeartScreen.Describe(strap.Status)} gives its pulse.");
        Bind(file, address, only);
        return ExitCode.Fine;
    }

    private static void Bind(string file, string address, bool only)
    {
        try
        {
            if (File.Exists(file) && StrapBinding.Bind(StoredFile.ReadText(file), address, only) is { } text)
            {
                // In place: the file keeps its owner and its rights.
                File.WriteAllText(file, text);
                MonitorOptions.Load(file);
                Console.WriteLine($"{file} now says so. Restart the service to use it.");
                return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.WriteLine($"{file} cannot be written: {e.Message}");
        }

        Console.WriteLine($"Put this into the settings file:\n{StrapBinding.Snippet(address)}");
    }
}
