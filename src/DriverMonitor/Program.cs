using DriverMonitor.Camera;
using DriverMonitor.Cli;
using DriverMonitor.Devices;
using DriverMonitor.Files;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using DriverMonitor.Voice;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor;

/// <summary>The program: its command line, and the service that <c>run</c> starts, wired in the order data flows.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [DecoderProcess.Verb, ..]) return DecoderProcess.Run(args[1..]);
        ForgivingStream.TakeStandardError();
        CrashExit.Install();
        if (OpenFiles.WhyTooFew() is not { } tooFew) return await CommandLine.RunAsync(args, config => BuildService(config));
        Console.Error.WriteLine($"drivermonitor: {tooFew}");
        return ExitCode.BadConfiguration;
    }

    /// <summary>The whole service, not yet started: what cannot work at all throws, what may come back is waited for.</summary>
    /// <param name="change">Puts something else in a part's place: the last registration wins.</param>
    internal static IHost BuildService(string config, Action<IHostApplicationBuilder>? change = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.AddSettings(config);
        using var models = builder.AddVision(); // they load while the rest is added
        builder.AddHosting();
        builder.AddClock();
        builder.AddPartsFile();

        builder.AddCamera();
        builder.AddHeartRate();
        builder.AddVoice();
        builder.AddVehicle();
        builder.AddDevices();
        builder.AddConsents();
        builder.AddAliases();

        builder.AddOutputs();
        builder.AddBoardWatch();
        builder.AddMessaging();
        builder.AddRemoteCommands(config);
        builder.AddWeb();

        // Last, because the host stops in reverse: the loop ends while everything that hears of it still runs.
        builder.AddMonitoring();
        change?.Invoke(builder);
        models.Require();
        var host = builder.Build();
        // What the container has handed out ends with it.
        _ = host.Services.GetRequiredService<FolderLocks>();
        return host;
    }
}
