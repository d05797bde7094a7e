using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Wire;
using DriverMonitor.Gpio;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Time;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Cli;

/// <summary>What is real in the demo: networks, judgement, virtual board, buzzer, outbox and the link to a broker.</summary>
internal sealed class DemoDrive : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly MonitorOptions _settings;
    private readonly TimeProvider _time;
    private readonly FaceReader _reader;
    private readonly Uplink _uplink;

    /// <param name="broker">Address of the broker inside.</param>
    public DemoDrive(MonitorOptions settings, string broker, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _reader = new(settings.Vision, settings.Camera.Orientation, time);
        Board = Board.Open(settings.Gpio, time);
        var since = time.GetTimestamp();
        Clock = new(() => time.GetElapsedTime(since));
        Buzzer = new(Board, settings.Gpio, alert => alert.Sound, new DedicatedThreadTimeProvider(), NullLogger<Buzzer>.Instance);
        var mqtt = settings.Mqtt with { Brokers = [broker], Vehicle = "demo", FirstConnectSpread = TimeSpan.Zero };
        var origin = new WireOrigin(_reader.Mesh.Model.Entry.Label, settings.JudgementHash());
        _uplink = new(mqtt, origin, time, Random.Shared.NextDouble, NullLogger<MqttLink>.Instance);
    }

    public Board Board { get; }

    public Buzzer Buzzer { get; }

    public DemoClock Clock { get; }

    public Task RunLinkAsync(CancellationToken stop) => _uplink.Link.RunAsync(stop);

    /// <summary>The scripted drive through the networks.</summary>
    /// <param name="fast">Without waiting for the clock.</param>
    public void Watch(
        PortraitScript script, bool fast, DemoScreen screen, WebOutputs page, Requests requests, CancellationToken stop)
    {
        var portrait = Path.Combine(_settings.Vision.ModelFolder ?? ModelStore.DefaultFolder(), "portrait");
        using var feed = CameraFeed.Open(new PortraitCamera(portrait, script, fast ? null : _time), _time);
        page.Instruments.Follow(feed, _reader);
        Buzzer.Sounded += page.Instruments.Stages.Sound;
        new MonitorLoop(
            feed,
            _reader,
            new ScriptedHeart(),
            new FixedSpeed(80),
            new MonitorPipeline(_settings.Judgement),
            new FanOut([Clock, Buzzer, _uplink.Sink, screen, .. page.Sinks], NullLogger.Instance),
            requests: requests,
            aim: page.Aim,
            times: page.Instruments.Stages
        ).Run(stop);
    }

    /// <summary>The longer drive, whose measures are scripted: nothing is seen, nothing sounds, and nobody waits.</summary>
    public void Judge(FastDriveScreen screen, WebOutputs page, TimeSpan from, CancellationToken stop)
    {
        var pipeline = new MonitorPipeline(_settings.Judgement with { Stress = new StressSettings { Enabled = true } });
        var sinks = new FanOut([_uplink.Sink, screen, .. page.Sinks], NullLogger.Instance);
        foreach (var seen in FastDrive.Observe(from))
        {
            if (stop.IsCancellationRequested) return;
            sinks.Emit(seen, pipeline.Step(seen));
        }
    }

    /// <summary>Waits until the broker has taken every event, but not for ever.</summary>
    public async Task DeliveredAsync(CancellationToken stop)
    {
        var started = _time.GetTimestamp();
        while (_uplink.Outbox.Count.Waiting > 0 && _time.GetElapsedTime(started) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time, stop);
    }

    public void Dispose()
    {
        _uplink.Dispose();
        Buzzer.Dispose();
        Board.Dispose();
        _reader.Dispose();
    }
}
