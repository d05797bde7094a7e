using DriverMonitor.Audit;
using DriverMonitor.Camera;
using DriverMonitor.Cli;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.Gpio;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Telemetry;
using DriverMonitor.Time;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using DriverMonitor.Web;
using DriverMonitor.Web.Aim;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>Joins the page and the figures with the parts that they show and ask.</summary>
internal sealed class WebRegistration : IDisposable
{
    private readonly MonitorOptions _settings;
    private readonly TimeProvider _time;
    private volatile string? _model;

    private WebRegistration(MonitorOptions settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        Aim = settings.Web.Enabled ? new(settings.Camera.Orientation, time) : null;
        Instruments = new(time, settings.Discloses());
        Sinks = settings.Web.Enabled ? [Sink, Instruments] : MetricsRegistration.Collector(settings) is not null ? [Instruments] : [];
    }

    public PageSink Sink { get; } = new();

    public ServiceMetrics Instruments { get; }

    /// <summary>Null while there is no page: then nobody can watch.</summary>
    public FrameTap? Aim { get; }

    /// <summary>Lets who has the page open see the live picture; null while there is no page.</summary>
    public Action? AllowAim => Aim is null ? null : Aim.Permit.Grant;

    /// <summary>What hears the judgement; nothing without a page or a collector.</summary>
    public IReadOnlyList<IEventSink> Sinks { get; }

    public void Dispose()
    {
        Instruments.Dispose();
        Aim?.Dispose();
    }

    /// <summary>Takes what the camera and the networks do into the figures, and the models' name into the parts.</summary>
    public void Follow(CameraFeed feed, FaceReader reader)
    {
        Instruments.Follow(feed, reader);
        _model = reader.Mesh.Model.Entry.Label;
    }

    /// <summary>The hands of the service's page.</summary>
    public PageActions Hands(Requests requests, IServiceProvider services)
    {
        var cab = services.GetRequiredService<OutputController>();
        var profiles = _settings.Profiles;
        var (consents, watch) = (services.GetRequiredService<ConsentStore>(), services.GetRequiredService<ConsentMonitor>());
        var log = services.GetRequiredService<ILogger<DriverRights>>();
        Func<DriverRights>? rights = (_settings.Fleet.StateFolder ?? profiles.Folder ?? _settings.Recording.Folder) is { } folder
            ? () => new DriverRights(profiles, folder, new AuditLog(folder, _time), _time, log, RecordedDrive.KeptIn(_settings)) : null;
        return new()
        {
            Policy = _settings.Discloses(),
            Acknowledge = () => requests.Ask(new(Acknowledge: true)),
            Dispute = which => requests.Ask(new(Dispute: which is null, Alert: which)),
            TestBuzzer = () => cab.Buzzer.Chirp(SoundPatterns.ChirpTwice),
            Allowed = () => watch.Allowed,
            Parts = () => PartsOf(services),
            Driver = profiles.Driver,
            Consents = consents.Place is null ? null : () => watch.Status,
            Say = consents.Place is null ? null : (one, granted) => Answer(consents, watch, one, granted),
            Export = rights is null ? null : () => Export(rights(), profiles.Driver),
            Erase = rights is null ? null : () => Erase(rights(), profiles.Driver, services.GetService<Uplink>()),
            Drives = rights is null ? null : () => Drives(rights(), profiles.Driver),
            ReadDrive = rights is null ? null : drive => RecordedDrive.LinesOf(_settings, rights().AliasOf(profiles.Driver), drive),
            ForgetDrives = rights is null ? null : () => rights().ForgetDrives(profiles.Driver),
            Aim = Aim,
        };
    }

    /// <summary>The hands of a page that shows a drive and keeps nothing.</summary>
    public PageActions HandsOfDemo(Requests requests, Buzzer buzzer) => new()
    {
        Acknowledge = () => requests.Ask(new(Acknowledge: true)),
        Dispute = which => requests.Ask(new(Dispute: which is null, Alert: which)),
        TestBuzzer = () => buzzer.Chirp(SoundPatterns.ChirpTwice),
        Allowed = () => Modalities.All,
        Parts = () => PageParts.OfSenses(Sink, trouble => PageParts.Heart(isUsed: true, trouble)),
        Driver = "demo",
        Aim = Aim,
    };

    public static WebRegistration Of(MonitorOptions settings, TimeProvider time) => new(settings, time);

    private void Answer(ConsentStore consents, ConsentMonitor watch, Modalities one, bool granted)
    {
        // Obeyed before it is written down: the disk may be slow or full.
        if (!granted) watch.Withhold(one);
        try
        {
            consents.Change(book => granted ? book.Grant(one, _time.GetUtcNow()) : book.Withdraw(one, _time.GetUtcNow()));
        }
        finally
        {
            watch.Refresh();
        }
    }

    private static IReadOnlyList<PageDrive> Drives(DriverRights rights, string driver) =>
        [.. rights.Drives(driver).Select(drive => new PageDrive(drive.Name, drive.Began, drive.Seconds, drive.Bytes))];

    private static string? Export(DriverRights rights, string driver)
    {
        var text = rights.Export(driver);
        if (text is not null) rights.NoteExport(driver);
        return text;
    }

    private static int Erase(DriverRights rights, string driver, Uplink? uplink)
    {
        var erased = rights.Erase(driver);
        // The fleet forgets too when it hears of it.
        if (erased.Files > 0) uplink?.Voice.Erased(erased.Alias, erased.Files);
        return erased.Files;
    }

    private List<PagePart> PartsOf(IServiceProvider services)
    {
        var inputs = services.GetRequiredService<Inputs>();
        var consents = services.GetRequiredService<ConsentMonitor>().Status;
        var isHeartAllowed = (consents.Allowed & Modalities.Heart) != 0;
        var parts = PageParts.OfSenses(
            Sink,
            trouble => inputs.Heart switch
            {
                not null when !isHeartAllowed => PageParts.HeartNotAllowed,
                BluezStrap strap => PageParts.Strap(strap.Status, trouble),
                var other => PageParts.Heart(other is not null, trouble),
            },
            isCameraAllowed: (consents.Allowed & Modalities.Camera) != 0);
        if (PageParts.OfConsents(consents) is { } damaged) parts.Add(damaged);
        parts.Add(PageParts.OfSpeed(
            isUsed: inputs.Vehicle is not FixedSpeed || _settings.Vehicle.SpeedKmh is not null, Sink.SpeedKmh, Sink.Lacking.Contains("speed_doubtful")));
        var uplink = services.GetService<Uplink>();
        parts.Add(PageParts.OfLink(uplink));
        if (uplink is not null) parts.Add(PageParts.OfQueue(uplink.Outbox));
        var clock = services.GetRequiredService<ClockQuality>();
        parts.Add(new("clock", clock.IsTrusted ? true : null, clock.IsTrusted ? "fine" : "clock_unsure"));
        if (_model is not null) parts.Add(new("models", true, "models_checked") { Facts = [new("model", _model)] });
        if (PageParts.OfBoard(new BoardHealth()) is { } board) parts.Add(board);
        parts.AddRange(PageParts.OfProgram(services.GetRequiredService<Supervisor>().States));
        parts.Add(new("version", null, PageParts.Version, _settings.JudgementHash()));
        return parts;
    }
}

/// <summary>Adds the page and the figures to the service.</summary>
internal static class PageServices
{
    /// <exception cref="ConfigurationException">The page would be open to a network without a password.</exception>
    public static void AddPage(
        this IServiceCollection services, MonitorOptions settings, Requests requests, ClockQuality clock, TimeProvider time)
    {
        var wiring = WebRegistration.Of(settings, time);
        services.AddSingleton(parts =>
        {
            if (parts.GetService<Uplink>() is { } uplink) wiring.Instruments.Follow(uplink);
            return wiring;
        });
        services.AddSingleton(_ => clock);
        services.AddCollector(settings, time);
        if (!settings.Web.Enabled) return;
        var door = PageSecurity.Open(settings.Web);
        services.AddPart(ServicePart.Page, parts =>
        {
            var server = new PageServer(settings.Web, door, time, parts.GetRequiredService<ILoggerFactory>());
            return stop => server.RunAsync(wiring.Sink, wiring.Hands(requests, parts), settings.Judgement.Picture, stop);
        });
    }
}
