using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
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
    private readonly DriveInputs _inputs;
    private readonly DriveSinks _sinks;
    private readonly Supervisor _supervisor;
    private readonly ILoggerFactory _log;
    private readonly TimeProvider _time;

    public LiveDrive(
        MonitorOptions settings,
        WireOrigin origin,
        DriveInputs inputs,
        DriveSinks sinks,
        Supervisor supervisor,
        ILoggerFactory log,
        TimeProvider time)
    {
        (_settings, _origin, _inputs, _sinks) = (settings, origin, inputs, sinks);
        (_supervisor, _log, _time) = (supervisor, log, time);
        _supervisor.Of(ServicePart.Consent).TryElse(() => inputs.Consents.Refresh(), inputs.Consents.Close);
    }

    /// <summary>Watches until told to stop, or until a recording ends.</summary>
    public void Run(CancellationToken stop)
    {
        var consents = _inputs.Consents;
        using var strap = _inputs.Heart.Monitor as IDisposable;
        var store = new ProfileStore(_settings.Profiles, _log.CreateLogger<ProfileStore>());
        var profile = _supervisor.Of(ServicePart.Profile).Make(store.Load);
        var pipeline = new MonitorPipeline(_settings.Judgement, profile: profile);
        using var memory = Contained(new ProfileSink(pipeline, store), ServicePart.Profile);
        using var recorder = Contained(
            RecordedDrive.Record(
                _settings,
                _origin,
                profile,
                consents.Allowed,
                _time,
                _log,
                _supervisor.Of(ServicePart.Recorder)),
            ServicePart.Recorder);
        using var trips = Contained(_sinks.Trips, ServicePart.FleetEvents);
        using var history = Contained(_sinks.StartHistory(), ServicePart.Profile);
        using var outputs = _sinks.StartOutputs(history?.Inner);
        var everyone = _sinks.JoinWith(outputs, recorder?.Inner, memory!.Inner);
        using var feed = CameraFeed.Open(
            _inputs.Camera(), _time, _log.CreateLogger<CameraFeed>(), _sinks.Board.CaptureLamp.TrySet,
            isPermitted: (consents.Allowed & Modalities.Camera) != 0);
        consents.Subscribe(allowed => feed.Permit((allowed & Modalities.Camera) != 0));
        if (_inputs.Voice.Microphone is { } microphone)
            consents.Subscribe(allowed => microphone.Permit((allowed & Modalities.Voice) != 0));
        Loop(feed, pipeline, everyone).Run(stop);
    }

    private MonitorLoop Loop(CameraFeed feed, MonitorPipeline pipeline, FanOut everyone)
    {
        var (web, stages) = (_sinks.Web, _sinks.Web.Instruments.Stages);
        web.Follow(feed, _inputs.Reader, _inputs.Torso);
        stages.Supervise(_supervisor);
        _sinks.Board.Buzzer.Sounded += _supervisor.Of(ServicePart.StageTimes).Guard<TimeSpan>(stages.Sound);
        return new(
            feed, _inputs.Reader, _inputs.Heart.Monitor, _inputs.Vehicle, pipeline, everyone,
            [.. _inputs.Sources], _inputs.Requests, new CameraSleep(_settings.Vehicle.IgnitionSleepAfter), web.Aim, stages,
            _supervisor, _inputs.Torso, _inputs.Voice.Microphone);
    }

    private Containing<T>? Contained<T>(T? inner, ServicePart part) where T : class, IDisposable =>
        inner is null ? null : new(inner, _supervisor.Of(part));

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
