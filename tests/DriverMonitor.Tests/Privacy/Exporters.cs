using System.Net;
using System.Text.RegularExpressions;
using DriverMonitor.Cli;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Telemetry;
using DriverMonitor.Tests.Support;
using DriverMonitor.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Privacy;

/// <summary>Every way out, with all that it lets out of an angry drive under some settings.</summary>
internal static class Exporters
{
    private static readonly string[] Documents = ["/openapi.json", "/api/session"];

    public static async Task<string> Mqtt(MonitorOptions settings)
    {
        await using var broker = await EmbeddedBroker.StartAsync();
        await using var fleet = await Subscriber.StartAsync(
            settings.Mqtt, broker.Address, TimeProvider.System, default, filter: "#");
        var mqtt = settings.Mqtt with
        {
            Brokers = [broker.Address.ToString()],
            FirstConnectSpread = TimeSpan.Zero,
            HomeAssistant = Announcement.On,
        };
        if (!Uplink.Wanted(mqtt))
            return "";
        using var stop = new CancellationTokenSource();
        using var uplink = new Uplink(
            mqtt,
            default,
            TimeProvider.System,
            () => 0,
            NullLogger<MqttLink>.Instance,
            namesEmotions: settings.Discloses().NamesEmotions);
        AngryDrive.Report(uplink.Sink);
        var link = uplink.Link.RunAsync(stop.Token);
        await Eventually.Sees(
            "state, events and announcement",
            () => Has("\"cleared\"") && Has("\"disputed\"") && Has("FatigueLevel") && Has("unique_id") && Has("\"online\""),
            withinSeconds: 60);
        await stop.CancelAsync();
        await link;
        return string.Join('\n', fleet.Messages.Select(message => $"{message.Topic} {message.Body}"));

        bool Has(string words) => fleet.Messages.Any(message => message.Body.Contains(words, StringComparison.Ordinal));
    }

    public static async Task<string> Collector(MonitorOptions settings)
    {
        await using var collector = await OtlpReceiver.StartAsync(grpc: false);
        settings = settings with { Web = settings.Web with { Enabled = false, Collector = new Uri(collector.Address) } };
        using var page = new WebOutputs(settings, TimeProvider.System);
        if (MetricsRegistration.Collector(settings) is not { } address) return collector.Text;
        using var stop = new CancellationTokenSource();
        var sender = new OtlpMetricsExporter(address, TimeProvider.System, NullLogger<OtlpMetricsExporter>.Instance).RunAsync(
            stop.Token);
        AngryDrive.Report(new FanOut(page.Sinks, NullLogger.Instance));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender);
        Assert.True(collector.HasHeard);
        return collector.Text;
    }

    public static Task<string> Scraper(MonitorOptions settings) =>
        AtThePageAsync(settings, client => client.GetStringAsync("/metrics"));

    /// <summary>Everything that the page's own description names, without signing in.</summary>
    public static Task<string> Stranger(MonitorOptions settings) =>
        AtThePageAsync(
            settings,
            async client =>
            {
                var paths = Regex
                    .Matches(await client.GetStringAsync("/openapi.json"), "\"(/[a-z/]+)\": ?\\{")
                    .Select(match => match.Groups[1].Value);
                var told = new List<string>();
                foreach (var path in paths.Except([.. Documents, "/metrics"]))
                {
                    using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseContentRead);
                    told.Add($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                }

        Assert.Contains(told, answer => answer is "200 {\"status\":\"ok\"}" or "503 {\"status\":\"degraded\"}");
        return string.Join('\n', told);
    });

    public static Task<string> Driver(MonitorOptions settings) =>
        AtThePageAsync(
            settings,
            async client =>
            {
                await client.GetAsync("/api/session");
                return await client.GetStringAsync("/api/now")
                    + await client.GetStringAsync("/api/today")
                    + await (await client.GetAsync("/health/ready")).Content.ReadAsStringAsync();
            }
        );

    public static Task<string> Log(MonitorOptions settings)
    {
        var (log, consents) = (new ListLogger<LogSink>(), new ListLogger<ConsentMonitor>());
        var sink = new LogSink(log, policy: settings.Discloses());
        AngryDrive.Report(sink);
        var paper = new PrivacySettings { OnPaper = Modalities.All };
        using var watch = new ConsentMonitor(
            new(new(), NullLogger.Instance), paper, new(), () => null, consents, settings.Discloses());
        watch.Refresh();
        return Task.FromResult(string.Join('\n', [.. log.Lines, .. consents.Lines]));
    }

    public static Task<string> Report(MonitorOptions settings) =>
        FileOf(
            settings,
            path => new(null, null, path, null, "en"),
            page => Regex.Replace(page, "<style>.*</style>", "", RegexOptions.Singleline));

    public static Task<string> Events(MonitorOptions settings) =>
        FileOf(settings, path => new(path, null, null, null), text => text);

    public static Task<string> Trace(MonitorOptions settings) =>
        FileOf(settings, path => new(null, path, null, null), text => text);

    private static Task<string> FileOf(MonitorOptions settings, Func<string, ReplayPaths> paths, Func<string, string> read)
    {
        var file = Path.GetTempFileName();
        using (
            var outputs = new ReplayOutputs(
                paths(file), default, _ => throw new InvalidOperationException(), settings.Discloses()))
        {
            AngryDrive.Report(outputs.Sinks);
            var last = new Outcome(TimeSpan.FromSeconds(3), default, StandingAlert.None, []);
            Assert.Equal(
                ExitCode.Fine, outputs.Finish(last, new("a drive", settings.Judgement, null, [], "1"), CancellationToken.None));
        }

        var text = read(File.ReadAllText(file));
        File.Delete(file);
        return Task.FromResult(text);
    }

    private static async Task<string> AtThePageAsync(MonitorOptions settings, Func<HttpClient, Task<string>> look)
    {
        settings = settings with { Web = settings.Web with { Port = Loopback.FreePort() } };
        using var page = new WebOutputs(settings, TimeProvider.System);
        var hands = new PageActions
        {
            Acknowledge = () => { }, Dispute = _ => { }, Allowed = () => Modalities.All, Policy = settings.Discloses(),
            Parts = () => [new("camera", true, "fine"), new("speed", true, "kmh", "80"), new("version", null, "9.9.9")],
        };
        await using WebApplication server = await new PageServer(
            settings.Web,
            PageSecurity.Open(settings.Web),
            TimeProvider.System,
            NullLoggerFactory.Instance
        ).StartSomewhereAsync(page.Sink, hands, new(), CancellationToken.None);
        using var watching = page.Sink.Watch();
        AngryDrive.Report(new FanOut(page.Sinks, NullLogger.Instance));
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(server.Urls.First()),
        };
        return await look(client);
    }
}
