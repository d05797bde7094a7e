using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;
using DriverMonitor.Files;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;
using DriverMonitor.Recording.Report;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using DriverMonitor.Voice;

namespace DriverMonitor.Cli;

/// <summary>
/// One replay: of a recording, of pictures, or of a heart alone. What is written is opened last: a slip in the input's name must
/// not empty yesterday's report.
/// </summary>
internal sealed class ReplayRun
{
    private readonly ReplayRequest _asked;
    private readonly MonitorOptions _settings;
    private readonly WireOrigin _origin;
    private readonly MonitorPipeline _pipeline;

    private ReplayRun(ReplayRequest asked)
    {
        (_asked, _settings) = (asked, MonitorOptions.Load(asked.Config));
        var mesh = asked.Input is null ? null : ModelStore.Open(_settings.Vision).Entry("face-mesh").Label;
        _origin = new(mesh, _settings.JudgementHash());
        _pipeline = new(_settings.Judgement, new HeartRecord(_settings.Judgement.Heart));
    }

    public static int Run(ReplayRequest asked, CancellationToken stop)
    {
        var (input, heart, speed, voice, config, outputs) = asked;
        ReplayInputs.Require(input, heart, speed, config, voice);
        if (outputs.Record is { } folder && FileStatus.Of(folder, out _) is { Kind: not FileKind.Folder })
            throw new ConfigurationException(
                $"Nothing can be recorded in {folder}: it is no folder. Name another one with --record.");
        ReplayInputs.Protect(input, heart, speed, config, outputs.Outputs, voice);
        if (input is null) return new ReplayRun(asked).JudgeHeart(RecordedHeart.Open(heart!), stop);
        if (Recordings.Find(input) is not { } parts) return new ReplayRun(asked).JudgePictures(input, stop);
        return heart is null && speed is null && voice is null
            ? RecordingVerdict.Replay(new RecordingReader(parts), config, outputs, stop)
            : throw new ConfigurationException(
                "A recording has its own heart, speed and voice: leave --heart, --speed and --voice out.");
    }

    private int JudgeHeart(RecordedHeart heart, CancellationToken stop)
    {
        // Without pictures neither is judged; a slip in their names is told all the same.
        _ = Speed(_asked.Speed);
        using var voice = Sound(_asked.Voice);
        using var outputs = Open();
        HeartLoop.Run(heart, _pipeline, outputs.Sinks, stop);
        stop.ThrowIfCancellationRequested();
        return Finish(outputs, _asked.Heart!, [], stop);
    }

    private int JudgePictures(string input, CancellationToken stop)
    {
        var heart = _asked.Heart is { } series ? RecordedHeart.Open(series) : null;
        var vehicle = Speed(_asked.Speed);
        using var voice = Sound(_asked.Voice);
        // The decoder's and the networks' libraries load side by side: together they are most of the wait for the first
        // picture.
        var opening = Task.Run(() => CameraFeed.Open(Cameras.ForInput(input, _settings.Camera), TimeProvider.System), stop);
        using var reader = new FaceReader(_settings.Vision, _settings.Camera.Orientation, TimeProvider.System);
        using var torso = new TorsoWatch(
            _settings.Vision, _settings.Camera.Orientation, TimeProvider.System, ownThread: false,
            line => Console.Error.WriteLine($"drivermonitor: {line}"));
        using var feed = opening.GetAwaiter().GetResult();
        using var outputs = Open();
        var loop = new MonitorLoop(
            feed, reader, heart, vehicle, _pipeline, outputs.Sinks, requests: voice is null ? null : Allowing(),
            torso: torso, voice: voice);
        ReplayProgress.Show(feed.FrameCount, () => loop.Frames, token => loop.Run(token), stop);
        stop.ThrowIfCancellationRequested();
        var partial = feed.Loss is { } loss ? $"{input} {loss}" : null;
        if (partial is not null && _asked.Outputs.Strict)
            throw new InputException($"{partial}. Without --strict what is there is judged.");
        return Finish(outputs, input, RecordedDrive.ModelsOf(_settings), stop, partial);
    }

    private ReplayOutputs Open() => new(
        _asked.Outputs, _origin, folder => RecordedDrive.Convert(_settings, _origin, folder), _settings.Discloses());

    private int Finish(
        ReplayOutputs outputs, string name, IReadOnlyList<string> models, CancellationToken stop, string? partial = null)
    {
        var hash = _settings.JudgementHash();
        var facts = new ReportFacts(
            Path.GetFileName(name), _settings.Judgement, hash, models, RecordingHeader.ThisProgram)
        {
            // Without a settings file nobody has named the vehicle.
            Vehicle = _asked.Config is null ? null : _settings.Mqtt.Vehicle,
        };
        return outputs.Finish(_pipeline.Finish(), facts, stop, partial);
    }

    private RecordedVoice? Sound(string? voice) => voice is null ? null : RecordedVoice.Open(
        voice,
        () => new(ModelStore.Open(_settings.Vision)),
        _settings.Judgement.JudgesStress() || _settings.Judgement.JudgesAnger());

    /// <summary>Who names a sound file has it judged; without, no voice is.</summary>
    private static Requests Allowing()
    {
        var requests = new Requests();
        requests.Ask(new(Allow: Modalities.All));
        return requests;
    }

    private static IVehicle Speed(string? speed) =>
        speed is null ? new FixedSpeed(null)
        : ReplayInputs.IsSpeed(speed, out var kmh) ? new FixedSpeed(kmh)
        : new RecordedSpeed(speed);
}
