using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.Files;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Evaluation;

/// <summary>Judges inputs as the service would, and compares what is found with the labels.</summary>
internal sealed class ItemRun(MonitorOptions settings) : IDisposable
{
    // Pictures of a folder are no drive: each is looked at anew, as if long after the last one.
    private static readonly TimeSpan BetweenStills = TimeSpan.FromMinutes(10);

    private FaceReader? _stills;
    private TimeSpan _stillAt;

    /// <exception cref="InputException">The input or its labels cannot be read.</exception>
    public ItemOutcome Judge(EvaluationItem item, CancellationToken stop) => item.Kind switch
    {
        InputKind.Still => JudgeStill(item, stop),
        InputKind.Heart => item.Reference is null ? Follow(item, stop) : JudgeHeart(item),
        InputKind.Recording => Replay(item, stop),
        _ => Drive(item, stop),
    };

    public void Dispose() => _stills?.Dispose();

    private ItemOutcome Drive(EvaluationItem item, CancellationToken stop)
    {
        if (item.Scripted is null) InputFile.Require("Input", item.Path, mayBeFolder: true);
        var (found, less) = (new DriveCollector(), new SenseAblation(settings.Judgement));
        using var reader = new FaceReader(settings.Vision, settings.Camera.Orientation, TimeProvider.System);
        using var torso = new TorsoWatch(
            settings.Vision, settings.Camera.Orientation, TimeProvider.System, ownThread: false,
            line => Console.Error.WriteLine($"drivermonitor: {line}"));
        using var feed = CameraFeed.Open(CameraOf(item), TimeProvider.System);
        var loop = new MonitorLoop(
            feed, reader, item.Heart is null ? null : RecordedHeart.Open(item.Heart), new FixedSpeed(item.SpeedKmh),
            new MonitorPipeline(settings.Judgement), new FanOut([found, less], NullLogger.Instance), torso: torso);
        loop.Run(stop);
        stop.ThrowIfCancellationRequested();
        return DriveComparison.Compare(item, found, less);
    }

    private ICamera CameraOf(EvaluationItem item) =>
        item.Scripted is { } scripted
            ? new PortraitCamera(item.Path, scripted, paceBy: null, look: item.Look)
            : Cameras.ForInput(item.Path, settings.Camera);

    /// <summary>A heart without pictures, whose labels say when the person was under stress.</summary>
    private ItemOutcome Follow(EvaluationItem item, CancellationToken stop)
    {
        var (heart, found, pipeline) = (RecordedHeart.Open(item.Path), new DriveCollector(),
            new MonitorPipeline(settings.Judgement));
        while (heart.TryRead(TimeSpan.MaxValue, out var at, out var packet))
        {
            stop.ThrowIfCancellationRequested();
            var seen = new Observation(at, Heart: packet);
            found.Emit(seen, pipeline.Step(seen));
        }

        return DriveComparison.Compare(item, found);
    }

    private static ItemOutcome Replay(EvaluationItem item, CancellationToken stop)
    {
        var recording = new RecordingReader(Recordings.Find(item.Path) ?? [item.Path]);
        var header = recording.Header;
        var (found, less) = (new DriveCollector(), new SenseAblation(header.Judgement, header.Profile));
        var pipeline = new MonitorPipeline(header.Judgement, profile: header.Profile);
        new RecordingReplay(recording).Run(pipeline, new FanOut([found, less], NullLogger.Instance), stop);
        stop.ThrowIfCancellationRequested();
        return DriveComparison.Compare(item, found, less);
    }

    private ItemOutcome JudgeStill(EvaluationItem item, CancellationToken stop)
    {
        var shows = item.Shows ?? throw new InputException($"{item.Name}: nothing says what the picture shows. Set \"shows\".");
        _stills ??= new(settings.Vision with { ExpressionEvery = 1 }, settings.Camera.Orientation, TimeProvider.System);
        using var camera = new FolderCamera(item.Path, framesPerSecond: 1);
        camera.Open();
        using var frame = camera.NewFrame();
        camera.Read(frame, stop);
        frame.At = _stillAt += BetweenStills;
        _stills.Reset();
        _stills.Read(frame); // finds the face; the second reading lies better, cropped round the first one's mesh
        var face = _stills.Read(frame);
        var measures = new MonitorPipeline(settings.Judgement).Step(new(TimeSpan.Zero, face)).Measures;
        var (score, found) = StillScore.Of(shows.Class, face, measures);
        return new(item)
        {
            Pictures = 1,
            Faces = face.Sight == Sight.Driver ? 1 : 0,
            EyesJudged = measures.Closure is null ? 0 : 1,
            Shown = new(shows.Class, shows.IsPositive, score, found),
        };
    }

    private ItemOutcome JudgeHeart(EvaluationItem item)
    {
        var record = new HeartRecord(settings.Judgement.Heart);
        var pipeline = new MonitorPipeline(settings.Judgement, record);
        var reference = item.Reference!;
        var (from, until) = (TimeSpan.FromSeconds(reference.FromSeconds), TimeSpan.FromSeconds(reference.UntilSeconds ?? 1e7));
        var heart = RecordedHeart.Open(item.Path);
        while (heart.TryRead(TimeSpan.MaxValue, out var at, out var packet))
            if (at >= from && at <= until) pipeline.Step(new(at, Heart: packet));
        var raw = record.Summarise()?.Raw;
        return new(item) { Heart = [.. HeartFigures(reference, raw)] };
    }

    private static IEnumerable<HeartFigure> HeartFigures(HeartReference reference, HeartVariability? raw)
    {
        if (reference.MeanRr is { } mean) yield return new("mean RR", mean, raw?.MeanRrMs);
        if (reference.Sdnn is { } sdnn) yield return new("SDNN", sdnn, raw?.SdnnMs);
        if (reference.Rmssd is { } rmssd) yield return new("RMSSD", rmssd, raw?.RmssdMs);
        if (reference.Pnn50 is { } pnn50) yield return new("pNN50", pnn50, raw?.Pnn50);
    }
}
