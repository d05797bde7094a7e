using System.CommandLine;
using System.Globalization;
using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Files;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Cli;

/// <summary>
/// <c>bench INPUT</c>: what a picture costs, by stage. Each pass over the clip is paired with a pass that only decodes, so
/// that the decoder's share can be taken off; ratios are what counts, milliseconds differ from machine to machine.
/// </summary>
internal static class BenchCommand
{
    public static Command Make()
    {
        var input = new Argument<string>("INPUT") { Description = "A video, a folder of pictures, or one picture." };
        var passes = new Option<int>("--passes")
        {
            Description = "How often the input is judged after one pass to warm up.",
            DefaultValueFactory = _ => 3,
        };
        var reactions = new Option<int>("--reactions")
        {
            Description = "How often the demo's driver falls asleep to measure how soon it is heard; 6.5 s and two alerts each.",
            DefaultValueFactory = _ => 10,
        };
        var config = new Option<string?>("--config") { Description = "Settings file; the defaults without it." };
        var command = new Command("bench", "Measure what a picture costs, by stage, and how soon an alert is heard.")
        {
            input,
            passes,
            reactions,
            config,
        };
        Limit(passes, 1);
        Limit(reactions, 0);
        command.SetAction((line, stop) => Task.FromResult(
            Run(line.GetValue(input)!, line.GetValue(passes), line.GetValue(reactions), line.GetValue(config), stop)));
        return command;
    }

    private static void Limit(Option<int> option, int least) =>
        option.Validators.Add(given =>
        {
            if (!given.Implicit && given.GetValueOrDefault<int>() is var value && (value < least || value > 1000))
                given.AddError($"{option.Name} must be {least} to 1000.");
        });

    private static int Run(string input, int passes, int reactions, string? config, CancellationToken stop)
    {
        InputFile.Require("Input", input, mayBeFolder: true);
        var settings = MonitorOptions.Load(config);
        var time = TimeProvider.System;
        using var reader = new FaceReader(settings.Vision, settings.Camera.Orientation, time);
        using var torso = new TorsoWatch(
            settings.Vision, settings.Camera.Orientation, time, ownThread: false,
            line => Console.Error.WriteLine($"drivermonitor: {line}"));
        var seen = new List<Observation>();
        Judge(input, settings, (reader, torso), time, stop, new Collecting(seen));

        var rows = new List<Row>();
        for (var i = 0; i < passes; i++)
        {
            var decoding = Decode(input, settings, time, stop);
            rows.Add(Judge(input, settings, (reader, torso), time, stop) with { DecodeCpu = decoding });
        }

        Print(rows);
        Line("judging", $"{StepCost(seen, settings, time).TotalMicroseconds:F1} us a step, heart and all scores included");
        Line("recording", RecorderBench.Measure(seen, settings, time));
        if (reactions > 0) Line("reaction", ReactionBench.Measure(settings, reactions, time, stop));
        stop.ThrowIfCancellationRequested();
        return ExitCode.Fine;
    }

    /// <summary>Processor time a picture for reading the input and nothing else, in milliseconds.</summary>
    private static double Decode(string input, MonitorOptions settings, TimeProvider time, CancellationToken stop)
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
    private static TimeSpan StepCost(List<Observation> seen, MonitorOptions settings, TimeProvider time)
    {
        var best = TimeSpan.MaxValue;
        for (var drive = 0; drive < 50; drive++)
        {
            var pipeline = new MonitorPipeline(settings.Judgement);
            var heart = new ScriptedHeart();
            var steps = 0;
            var started = time.GetTimestamp();
            foreach (var picture in seen)
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

    private static Row Judge(
        string input,
        MonitorOptions settings,
        (FaceReader Face, TorsoWatch Torso) readers,
        TimeProvider time,
        CancellationToken stop,
        params IReadOnlyList<IEventSink> sinks)
    {
        var before = Inside(readers);
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
                new FanOut(sinks, NullLogger.Instance),
                torso: readers.Torso);
            allocated = GC.GetAllocatedBytesForCurrentThread();
            loop.Run(stop);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        }

        // Half a pass is no measure.
        stop.ThrowIfCancellationRequested();
        var wall = time.GetElapsedTime(started);
        var spent = (ProcessorTime.Total - cpu).TotalMilliseconds;
        var inside = Inside(readers) - before;
        return new(
            loop.Frames,
            loop.Frames / wall.TotalSeconds,
            spent / loop.Frames,
            DecodeCpu: 0,
            inside / loop.Frames,
            allocated / Math.Max(1, loop.Frames));
    }

    private static Inference Inside((FaceReader Face, TorsoWatch Torso) readers) => new(
        Of(readers.Face.Mesh.Model),
        Of(readers.Face.Blendshapes?.Model),
        Of(readers.Face.Expression?.Model),
        Of(readers.Face.Detector.Model),
        readers.Torso.Models.Sum(Of));

    private static double Of(OnnxModel? model) => model?.TimeInside.TotalMilliseconds ?? 0;

    private static void Print(List<Row> rows)
    {
        // The median pass by processor time: the machine's other work only ever adds.
        rows.Sort((a, b) => a.Cpu.CompareTo(b.Cpu));
        var row = rows[rows.Count / 2];
        var own = row.Cpu - row.DecodeCpu;
        Line("pictures", $"{row.Pictures} ({rows.Count} passes, the median one is shown)");
        Line("speed", $"{row.PerSecond:F0} pictures/s");
        Line("processor time", $"{row.Cpu:F2} ms a picture");
        Line("  of it decoding", $"{row.DecodeCpu:F2} ms (a pass that only decodes)");
        var inside = row.Inside;
        Line("  without decoding", $"{own:F2} ms = {own / inside.All:F2} x pure inference");
        Line(
            "pure inference",
            $"{inside.All:F2} ms a picture: mesh {inside.Mesh:F2}, blendshapes {inside.Blendshapes:F2}, expression {inside.Expression:F2}, detector {inside.Detector:F2}, hands and phone {inside.Torso:F2}");
        Line(
            "  over the mesh",
            $"blendshapes {inside.Blendshapes / inside.Mesh:F2}, expression {inside.Expression / inside.Mesh:F2}, hands and phone {inside.Torso / inside.Mesh:F2}");
        Line("managed memory", $"{row.Allocated} bytes a picture on the judging thread");
    }

    private static void Line(string name, FormattableString value) =>
        Console.WriteLine($"{name,-18} {value.ToString(CultureInfo.InvariantCulture)}");

    private sealed class Collecting(List<Observation> into) : IEventSink
    {
        public void Emit(in Observation seen, in Outcome outcome) => into.Add(seen);
    }

    private sealed record Row(
        long Pictures, double PerSecond, double Cpu, double DecodeCpu, Inference Inside, long Allocated);

    /// <summary>Milliseconds inside each network.</summary>
    private readonly record struct Inference(double Mesh, double Blendshapes, double Expression, double Detector, double Torso)
    {
        public double All => Mesh + Blendshapes + Expression + Detector + Torso;

        public static Inference operator -(in Inference a, in Inference b) =>
            new(a.Mesh - b.Mesh, a.Blendshapes - b.Blendshapes, a.Expression - b.Expression, a.Detector - b.Detector,
                a.Torso - b.Torso);

        public static Inference operator /(in Inference a, long pictures) =>
            new(a.Mesh / pictures, a.Blendshapes / pictures, a.Expression / pictures, a.Detector / pictures, a.Torso / pictures);
    }
}
