using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Cli;

/// <summary>
/// Judges an input again and again and writes down what it took. Each pass over the clip is paired with a pass that only decodes,
/// so that the decoder's share can be taken off.
/// </summary>
internal sealed class BenchRun(string input, MonitorOptions settings, TimeProvider time, CancellationToken stop)
{
    private readonly List<double> _walls = [];

    /// <summary>What was seen in the pass that warmed up.</summary>
    public List<Observation> Seen { get; } = [];

    /// <summary>How old the process was when the first picture was judged.</summary>
    public TimeSpan FirstPicture { get; private set; }

    public long Pictures { get; private set; }

    public double WallAt(double share) => _walls.Count == 0 ? 0 : Quantiles.OfSorted([.. _walls.Order()], share);

    public IReadOnlyList<BenchPass> Measure(
        (FaceReader Face, TorsoWatch Torso) readers, int passes, OriginalGraphs? original)
    {
        Judge(readers, new Collecting(this));
        _walls.Clear();
        var rows = new List<BenchPass>();
        for (var i = 0; i < passes; i++)
        {
            var decoding = Decode();
            rows.Add(Judge(readers, new Pace(this)) with { DecodeCpu = decoding });
            if (original?.Measure() is { } before)
                rows[^1] = rows[^1] with { Original = before.All, OriginalWithoutBlendshapes = before.WithoutBlendshapes };
        }

        return rows;
    }

    /// <summary>Processor time a picture for reading the input and nothing else, in milliseconds.</summary>
    private double Decode()
    {
        var before = ProcessorTime.Total;
        var pictures = 0;
        using (var feed = CameraFeed.Open(Cameras.ForInput(input, settings.Camera), time))
        {
            while (feed.Next(TimeSpan.FromSeconds(1), stop) is { IsEnd: false } item)
            {
                if (item.Frame is not { } frame) continue;
                feed.Return(frame);
                pictures++;
            }
        }

        stop.ThrowIfCancellationRequested();
        return (ProcessorTime.Total - before).TotalMilliseconds / pictures;
    }

    /// <summary>
    /// The core alone, over the faces that were read and a scripted heart; the best of many drives, for other work only adds.
    /// </summary>
    public TimeSpan StepCost()
    {
        var best = TimeSpan.MaxValue;
        for (var drive = 0; drive < 50; drive++)
        {
            var pipeline = new MonitorPipeline(settings.Judgement);
            var heart = new ScriptedHeart();
            var steps = 0;
            var started = time.GetTimestamp();
            foreach (var picture in Seen)
            {
                for (; heart.TryRead(picture.At, out var at, out var packet); steps++)
                    pipeline.Step(new Observation(at, Heart: packet));
                pipeline.Step(picture);
                steps++;
            }

            var each = time.GetElapsedTime(started) / Math.Max(1, steps);
            if (each < best) best = each;
        }

        return best;
    }

    private BenchPass Judge((FaceReader Face, TorsoWatch Torso) readers, IEventSink sink)
    {
        var inside = Inside(readers);
        var (started, cpu, allocated) = (time.GetTimestamp(), ProcessorTime.Total, 0L);
        MonitorLoop loop;
        using (var feed = CameraFeed.Open(Cameras.ForInput(input, settings.Camera), time))
        {
            loop = new MonitorLoop(
                feed,
                readers.Face,
                heart: null,
                new FixedSpeed(null),
                new MonitorPipeline(settings.Judgement),
                new FanOut([sink], NullLogger.Instance),
                torso: readers.Torso);
            allocated = GC.GetAllocatedBytesForCurrentThread();
            loop.Run(stop);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }

        // Half a pass is no measure.
        stop.ThrowIfCancellationRequested();
        var wall = time.GetElapsedTime(started);
        var spent = (ProcessorTime.Total - cpu).TotalMilliseconds;
        double[] each = [.. Inside(readers).Zip(inside, (now, before) => (now - before).TotalMilliseconds / loop.Frames)];
        Pictures = loop.Frames;
        return new(
            loop.Frames / wall.TotalSeconds, spent / loop.Frames, DecodeCpu: 0, each[0], each[1], each[2], each[3], each[4],
            allocated / Math.Max(1, loop.Frames), Original: null);
    }

    private static TimeSpan[] Inside((FaceReader Face, TorsoWatch Torso) readers) =>
    [
        Of(readers.Face.Mesh.Model), Of(readers.Face.Blendshapes?.Model), Of(readers.Face.Expression?.Model),
        Of(readers.Face.Detector.Model), TimeSpan.FromTicks(readers.Torso.Models.Sum(model => Of(model).Ticks)),
    ];

    private static TimeSpan Of(OnnxModel? model) => model?.ProcessorInside ?? default;

    private sealed class Collecting(BenchRun run) : IEventSink
    {
        public void Emit(in Observation seen, in Outcome outcome)
        {
            if (run.Seen.Count == 0) run.FirstPicture = LogSink.ProcessAge(run.Time);
            run.Seen.Add(seen);
        }
    }

    private TimeProvider Time => time;

    /// <summary>From one judged picture to the next; the first of a pass waits for the decoder to start.</summary>
    private sealed class Pace(BenchRun run) : IEventSink
    {
        private long _last;

        public void Emit(in Observation seen, in Outcome outcome)
        {
            var now = run.Time.GetTimestamp();
            if (_last != 0) run._walls.Add(run.Time.GetElapsedTime(_last, now).TotalMilliseconds);
            _last = now;
        }
    }
}
