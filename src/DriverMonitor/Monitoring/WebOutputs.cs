using DriverMonitor.Camera;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Signals;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Telemetry;
using DriverMonitor.Vision;
using DriverMonitor.Web;
using DriverMonitor.Web.Aim;

namespace DriverMonitor.Monitoring;

/// <summary>What the page and the metrics hear of the judgement.</summary>
internal sealed class WebOutputs : IDisposable
{
    private volatile string? _model;

    /// <param name="aim">Where it is kept how the camera was aimed; null to keep nothing.</param>
    public WebOutputs(MonitorOptions settings, TimeProvider time, AimFile? aim = null)
    {
        Aim = settings.Web.Enabled ? new(settings.Camera.Orientation, time, aim) : null;
        Instruments = new(time, settings.Discloses());
        Sinks = settings.Web.Enabled ? [Sink, Instruments]
            : MetricsRegistration.Collector(settings) is not null ? [Instruments]
            : [];
    }

    public PageSink Sink { get; } = new();

    public ServiceMetrics Instruments { get; }

    /// <summary>Null while there is no page: then nobody can watch.</summary>
    public FrameTap? Aim { get; }

    /// <summary>Lets who has the page open see the live picture; null while there is no page.</summary>
    public Action? AllowAim => Aim is null ? null : Aim.Permit.Grant;

    /// <summary>What hears the judgement; nothing without a page or a collector.</summary>
    public IReadOnlyList<IEventSink> Sinks { get; }

    /// <summary>The network that reads faces, by name and hash; null until it does.</summary>
    public string? Model => _model;

    /// <summary>Takes what the camera and the networks do into the metrics, and the models' name into the parts.</summary>
    public void Follow(CameraFeed feed, FaceReader reader, TorsoWatch torso)
    {
        Instruments.Follow(feed, reader, torso);
        _model = reader.Mesh.Model.Entry.Label;
    }

    /// <summary>The actions of a page that shows a drive and keeps nothing.</summary>
    public PageActions ActionsOfDemo(Requests requests, Buzzer buzzer) => new()
    {
        Acknowledge = () => requests.Ask(new(Acknowledge: true)),
        Dispute = which => requests.Ask(new(Dispute: which is null, Alert: which)),
        TestBuzzer = () => buzzer.Chirp(SoundPatterns.ChirpTwice),
        Allowed = () => Modalities.All,
        Parts = () => PageParts.OfSenses(Sink, trouble => PageParts.Heart(isUsed: true, trouble)),
        Driver = "demo",
        Aim = Aim,
    };

    public void Dispose()
    {
        Instruments.Dispose();
        Aim?.Dispose();
    }
}
