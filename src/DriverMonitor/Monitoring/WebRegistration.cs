using DriverMonitor.Configuration;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Web;
using DriverMonitor.Web.Aim;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>Adds the page and the metrics, joined with the parts that they show and ask.</summary>
internal static class WebRegistration
{
    /// <exception cref="ConfigurationException">The page would be open to a network without a password.</exception>
    public static void AddWeb(this IHostApplicationBuilder builder)
    {
        var settings = builder.AddSection<WebSettings>("Web");
        builder.Services.AddSingleton(OutputsOf);
        builder.Services.AddSingleton<ServiceParts>();
        builder.Services.AddSingleton<ServiceActions>();
        builder.AddCollector();
        if (!settings.Enabled) return;
        builder.Services.AddSingleton(new NetworkPage(settings.NetworkAddress(Environment.MachineName)));
        var security = PageSecurity.Open(settings);
        builder.Services.AddPart(ServicePart.Page, services =>
        {
            var server = new PageServer(
                settings, security, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>());
            var web = services.GetRequiredService<WebOutputs>();
            var picture = services.GetRequiredService<MonitorOptions>().Judgement.Picture;
            // Its actions are made when the page starts: by then the board is open, or the service has ended for want of it.
            return stop => server.RunAsync(web.Sink, services.GetRequiredService<ServiceActions>().Make(), picture, stop);
        });
    }

    private static WebOutputs OutputsOf(IServiceProvider services)
    {
        var settings = services.GetRequiredService<MonitorOptions>();
        var aim = new AimFile(
            settings.Fleet.StateFolder ?? settings.Profiles.Folder, services.GetRequiredService<ILogger<AimFile>>());
        var outputs = new WebOutputs(settings, services.GetRequiredService<TimeProvider>(), aim);
        if (services.GetService<Uplink>() is { } uplink) outputs.Instruments.Follow(uplink);
        return outputs;
    }
}
