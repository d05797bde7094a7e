using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using DriverMonitor.Telemetry;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using DriverMonitor.Web.Aim;

namespace DriverMonitor.Monitoring;

/// <summary>
/// The one loop that owns the judgement: waits for the next picture or its absence, reads the face, judges, tells.
/// Live, replay, demo and test all run it.
/// </summary>
/// <param name="requests">What people ask for meanwhile.</param>
/// <param name="sources">What is asked beside each picture, where the drive happens now: time of day, skin, the cab's sensors.</param>
/// <param name="sleep">When the camera may be closed; without, only while the driver forbids it.</param>
/// <param name="aim">Where somebody may watch who aims the camera.</param>
/// <param name="times">Where it is written down what each stage took.</param>
/// <param name="torso">Looks for hands and phones; without, nobody does.</param>
/// <param name="supervisor">Contains what goes wrong in all that is only asked beside the picture; without, the loop ends with
/// it.</param>
/// <param name="voice">What a microphone measured.</param>
internal sealed class MonitorLoop(
    CameraFeed feed, FaceReader reader, IHeartMonitor? heart, IVehicle vehicle, MonitorPipeline pipeline, IEventSink sink,
    ReadingSource[]? sources = null, Requests? requests = null, CameraSleep? sleep = null,
    FrameTap? aim = null, StageLatencies? times = null, Supervisor? supervisor = null, TorsoWatch? torso = null,
    IVoiceMonitor? voice = null)
{
    /// <summary>
    /// How long silence lasts before the judgement hears of it: a timer that runs out while a picture is lost must speak then and
    /// not with the picture after. A camera is "lost" after one second of it.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How soon a value of the vehicle's is judged that comes between two pictures. The next picture's reading, up to 50 ms,
    /// comes on top.
    /// </summary>
    private static readonly TimeSpan VehiclePace = TimeSpan.FromMilliseconds(40);

    private readonly ReadingSource[] _sources = sources ?? [];
    private readonly CameraSleep _sleep = sleep ?? new(after: null);
    private Modalities _allowed = Modalities.WithoutVoice;
    private VehicleReading? _judged;
    private VehicleReading? _sinceLastPicture;

    /// <summary>Pictures judged so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Runs until the pictures end or <paramref name="stop"/> is asked for.</summary>
    public void Run(CancellationToken stop)
    {
        try
        {
            var silence = TimeSpan.Zero;
            while (!stop.IsCancellationRequested)
            {
                var wait = silence + VehiclePace < Patience ? VehiclePace : Patience - silence;
                var item = feed.Next(wait, stop);
                if (item.IsEnd) return;
                silence += wait;
                JudgeRequests(item.At);
                JudgeHeart(upTo: item.At);
                JudgeVoice(upTo: item.At);
                if (item.Frame is null && silence < Patience)
                {
                    JudgeVehicle(item.At);
                    continue;
                }

                silence = TimeSpan.Zero;
                JudgePicture(item);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // told to stop while waiting
        }
    }

    /// <summary>Said again, it is soon enough with the next picture.</summary>
    private void JudgeVehicle(TimeSpan at)
    {
        if (ReadVehicle(at) is not { } said) return;
        _sinceLastPicture = said;
        if (said == _judged) return;
        _judged = said;
        Judge(new Observation(at, Vehicle: said));
    }

    private void JudgePicture(in FeedItem item)
    {
        var said = ReadVehicle(item.At) ?? _sinceLastPicture;
        var rest = WaitForNext(item, said);
        var face = rest == CameraRest.Awake ? FaceReading.NoFrame : FaceReading.Asleep;
        if (item.Frame is { } frame)
        {
            times?.Take(frame);
            // The last picture may come when the camera is already told to close.
            if (rest != CameraRest.Closed)
            {
                face = AddTorso(frame, reader.Read(frame, said));
                times?.Read(reader.Took);
                ShowAim(frame, face);
            }

            feed.Return(frame);
            Frames++;
        }

        // What the vehicle said while the picture was read must not wait for the next one.
        _sinceLastPicture = ReadVehicle(item.At);
        _judged = _sinceLastPicture ?? said ?? _judged;
        var seen = new Observation(item.At, face, Vehicle: _sinceLastPicture ?? said);
        foreach (var source in _sources)
            if (source.Needs == Modalities.None || May(source.Needs)) AddTo(ref seen, source);
        Judge(seen);
    }

    private CameraRest WaitForNext(in FeedItem item, VehicleReading? said)
    {
        var rest = _sleep.Step(item.At, said, item.Frame is not null, May(Modalities.Camera), pipeline.IsSpeedDoubtful);
        if (rest == CameraRest.Closed) feed.Sleep();
        else feed.Wake();
        voice?.Rest(rest == CameraRest.Closed && May(Modalities.Camera));
        return rest;
    }

    private void JudgeRequests(TimeSpan at)
    {
        while (requests is not null && requests.TryTake(out var asked))
        {
            _allowed = asked.Allow ?? _allowed;
            Judge(
                new Observation(
                    at,
                    Acknowledged: asked.Acknowledge,
                    Disputed: asked.Dispute,
                    Allowed: asked.Allow,
                    DisputedAlert: asked.Alert));
        }
    }

    private bool May(Modalities modality) => (_allowed & modality) != 0;

    /// <summary>A pulse that may not be judged goes no further than this: no sink and no recording hears of it.</summary>
    private void JudgeHeart(TimeSpan upTo)
    {
        while (TryReadHeart(upTo, out var at, out var packet))
            if (May(Modalities.Heart)) Judge(new Observation(at, Heart: packet));
    }

    /// <summary>What was heard and may not be judged goes no further than this.</summary>
    private void JudgeVoice(TimeSpan upTo)
    {
        while (TryReadVoice(upTo, out var at, out var reading))
            if (May(Modalities.Voice)) Judge(new Observation(at, Voice: reading));
    }

    private bool TryReadVoice(TimeSpan upTo, out TimeSpan at, out VoiceReading reading)
    {
        (at, reading) = (default, default);
        try
        {
            supervisor?.Inject(ServicePart.Microphone);
            return voice is not null && voice.TryRead(upTo, out at, out reading);
        }
        catch (Exception e) when (Contains(ServicePart.Microphone, e))
        {
            return false;
        }
    }

    /// <summary>Nothing known of the vehicle counts as driving.</summary>
    private VehicleReading? ReadVehicle(TimeSpan at)
    {
        try
        {
            supervisor?.Inject(ServicePart.Vehicle);
            return vehicle.Read(at);
        }
        catch (Exception e) when (Contains(ServicePart.Vehicle, e))
        {
            return null;
        }
    }

    private bool TryReadHeart(TimeSpan upTo, out TimeSpan at, out HeartPacket packet)
    {
        (at, packet) = (default, default);
        try
        {
            supervisor?.Inject(ServicePart.Heart);
            return heart is not null && heart.TryRead(upTo, out at, out packet);
        }
        catch (Exception e) when (Contains(ServicePart.Heart, e))
        {
            return false;
        }
    }

    private void AddTo(ref Observation seen, ReadingSource source)
    {
        try
        {
            supervisor?.Inject(source.Part);
            source.AddTo(ref seen);
        }
        catch (Exception e) when (Contains(source.Part, e))
        {
            // the rest is judged without it
        }
    }

    /// <summary>Without it a phone is found by head and gaze alone.</summary>
    private FaceReading AddTorso(Frame frame, in FaceReading face)
    {
        try
        {
            supervisor?.Inject(ServicePart.Hands);
            return torso?.Add(frame, face, reader.Mesh.Landmarks) ?? face;
        }
        catch (Exception e) when (Contains(ServicePart.Hands, e))
        {
            return face;
        }
    }

    private void ShowAim(Frame frame, in FaceReading face)
    {
        try
        {
            supervisor?.Inject(ServicePart.Aim);
            aim?.Show(frame, reader.Mesh, face);
        }
        catch (Exception e) when (Contains(ServicePart.Aim, e))
        {
            // whoever aims sees no picture
        }
    }

    private bool Contains(ServicePart part, Exception fault) => supervisor?.Of(part).Contain(fault) ?? false;

    private void Judge(in Observation seen)
    {
        var started = times?.Now ?? 0;
        var outcome = pipeline.Step(seen);
        times?.Judge(started);
        started = times?.Now ?? 0;
        sink.Emit(seen, outcome);
        times?.RecordOutputs(started);
    }
}
