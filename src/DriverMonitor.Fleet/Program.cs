using DriverMonitor.Fleet.Commands;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Live;
using DriverMonitor.Fleet.Marks;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet;

/// <summary>The receiver: its command line, and the service that <c>run</c> starts, wired in the order events flow.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => CommandLine.RunAsync(args, config => BuildService(config));

    /// <summary>The whole service, not yet started: what cannot work at all throws.</summary>
    /// <param name="change">Puts something else in a part's place: the last registration wins.</param>
    internal static IHost BuildService(string config, Action<HostApplicationBuilder>? change = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.AddSettings(config);
        SettingsKeys.Check(new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(config)).Build());
        builder.AddHosting();

        builder.AddStorage();
        builder.AddIntake();
        builder.AddMarks();
        builder.AddWeb();
        builder.AddLive();
        builder.AddEnrolment();
        builder.AddFeed();

        change?.Invoke(builder);
        return builder.Build();
    }
}
