using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;
using DriverMonitor.Drivers;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Telemetry;
using DriverMonitor.Time;
using DriverMonitor.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>
/// The warning of the service: camera, judgement, buzzer, and what hears of them. What fails here ends the program, and systemd
/// starts it again; everything that the warning can do without is contained.
/// </summary>
internal sealed class LiveDrive
{
    private readonly MonitorOptions _settings;
    private readonly WireOrigin _origin;
    private readonly ClockQuality _clock;
    private readonly Requests _requests;
    private readonly Liveness _heartbeat;
    private readonly ServiceSeams _seams;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _log;
    private readonly Supervisor _supervisor;
    private readonly OutputController _cab;
    private readonly WebRegistration _page;
    private readonly Uplink? _uplink;
    private readonly ConsentMonitor _consents;
    private readonly Inputs _inputs;
    private readonly FaceReader _reader;

    public LiveDrive(
        MonitorOptions settings, WireOrigin origin, ClockQuality clock, Requests requests, Liveness heartbeat, ServiceSeams seams,
        IServiceProvider services, TimeProvider time)
    {
        (_settings, _origin, _clock, _requests, _heartbeat, _seams, _time) = (settings, origin, clock, requests, heartbeat, seams, time);
        _log = services.GetRequiredService<ILoggerFactory>();
        _supervisor = services.GetRequiredService<Supervisor>();
        _cab = services.GetRequiredService<OutputController>();
        _page = services.GetRequiredService<WebRegistration>();
        _uplink = services.GetService<Uplink>();
        _consents = services.GetRequiredService<ConsentMonitor>();
        _inputs = services.GetRequiredService<Inputs>();
        _reader = services.GetRequiredService<FaceReader>();
        _supervisor.Of(ServicePart.Consent).TryElse(() => _consents.Refresh(), _consents.Close);
    }

    /// <summary>Watches until told to stop, or until a recording ends.</summary>
    public void Run(CancellationToken stop)
    {
        using var strap = _inputs.Heart as IDisposable;
        var store = new ProfileStore(_settings.Profiles, _log.CreateLogger<ProfileStore>());
        var profile = _supervisor.Of(ServicePart.Profile).Make(store.Load);
        var pipeline = new MonitorPipeline(_settings.Judgement, profile: profile);
        using var memory = Contained(new ProfileSink(pipeline, store), ServicePart.Profile);
        using var recorder = Contained(
            RecordedDrive.Record(_settings, _origin, profile, _consents.Allowed, _time, _log, _supervisor.Of(ServicePart.Recorder)), ServicePart.Recorder);
        using var trips = Contained(_uplink?.Sink, ServicePart.FleetEvents);
        using var outputs = new OutputThread(Outputs(), _supervisor.Of(ServicePart.Outputs), _time);
        // The buzzer comes first. What is recorded and learned must be in step with the judgement, and never waits for a disk.
        // Not to the recorder: a replay repeats the judgement, and the board is no part of it.
        var hearOfBoard = new FanOut([_cab.Buzzer, _heartbeat, outputs], _log.CreateLogger<FanOut>());
        IEventSink?[] sinks =
        [
            _seams.First, _cab.Buzzer, _heartbeat, outputs, Guarded(recorder?.Inner, ServicePart.Recorder),
            Guarded(memory?.Inner, ServicePart.Profile), new BuzzerHealth(_cab.Buzzer, hearOfBoard),
        ];
        var everyone = new FanOut([.. sinks.OfType<IEventSink>()], _log.CreateLogger<FanOut>());
        _cab.ReportTo(hearOfBoard);
        using var feed = CameraFeed.Open(
            _seams.Camera?.Invoke() ?? Cameras.Open(_settings.Camera, _time), _time, _log.CreateLogger<CameraFeed>(), _cab.CaptureLamp.TrySet,
            isPermitted: (_consents.Allowed & Modalities.Camera) != 0);
        _consents.Subscribe(allowed => feed.Permit((allowed & Modalities.Camera) != 0));
        Loop(feed, pipeline, everyone).Run(stop);
    }

    private MonitorLoop Loop(CameraFeed feed, MonitorPipeline pipeline, FanOut everyone)
    {
        _page.Follow(feed, _reader);
        _page.Instruments.Stages.Supervise(_supervisor);
        _cab.Buzzer.Sounded += _supervisor.Of(ServicePart.StageTimes).Guard<TimeSpan>(_page.Instruments.Stages.Sound);
        return new(
            feed, _reader, _inputs.Heart, _inputs.Vehicle, pipeline, everyone, () => new(_time.GetLocalNow(), _clock.IsTrusted), _requests, _inputs.Skin,
            new CameraSleep(_settings.Vehicle.IgnitionSleepAfter), _page.Aim, _page.Instruments.Stages, _supervisor);
    }

    /// <summary>All that hear of the judgement and may be late.</summary>
    private FanOut Outputs()
    {
        var log = new LogSink(_log.CreateLogger<LogSink>(), () => LogSink.ProcessAge(_time), _settings.Discloses());
        IEventSink?[] sinks = [Guarded(log, ServicePart.LogLines), Guarded(_uplink?.Sink, ServicePart.FleetEvents), .. _page.Sinks.Select(sink =>
            Guarded(sink, sink is ServiceMetrics ? ServicePart.Figures : ServicePart.PageView))];
        return new([.. sinks.OfType<IEventSink>()], _log.CreateLogger<FanOut>());
    }

    private GuardedSink? Guarded(IEventSink? sink, ServicePart part) => sink is null ? null : new(sink, part, _supervisor);

    private Containing<T>? Contained<T>(T? inner, ServicePart part) where T : class, IDisposable => inner is null ? null : new(inner, _supervisor.Of(part));

    /// <summary>What fails while it is put away is put away, too: the outputs of the board come after it.</summary>
    private sealed class Containing<T>(T inner, SupervisedPart part) : IDisposable where T : class, IDisposable
    {
        public T Inner => inner;

        public void Dispose()
        {
            try
            {
                inner.Dispose();
            }
            catch (Exception e) when (part.Contain(e))
            {
                // noted
            }
        }
    }
}
