using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Cli;

/// <summary>
/// What recording costs: ten minutes of the faces that were read, with a heart and a vehicle, judged with and without it.
/// </summary>
internal static class RecorderBench
{
    private static readonly TimeSpan Drive = TimeSpan.FromMinutes(10);

    /// <param name="faces">At least one, with their times.</param>
    public static FormattableString Measure(IReadOnlyList<Observation> faces, MonitorOptions settings, TimeProvider time)
    {
        var folder = Directory.CreateTempSubdirectory("drivermonitor-bench-").FullName;
        try
        {
            var perSecond = faces.Count / Math.Max(0.1, faces[^1].At.TotalSeconds);
            var without = Judge(faces, perSecond, settings, record: null);
            var with = Judge(
                faces, perSecond, settings, () =>
                    new Recorder(
                        settings.Recording with
                        {
                            Folder = folder,
                        },
                        Header(settings, time),
                        time,
                        NullLogger<Recorder>.Instance,
                        waits: true));
            var bytes = Directory.GetFiles(folder).Sum(file => new FileInfo(file).Length);
            return $"{bytes / Drive.TotalSeconds / 1000:F1} KB/s, {100 * Math.Max(0, (with - without) / Drive):F3} % of one core, at {perSecond:F0} pictures/s";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Processor time of the whole process: the disk is written beside the loop.</summary>
    private static TimeSpan Judge(
        IReadOnlyList<Observation> faces, double perSecond, MonitorOptions settings, Func<Recorder>? record)
    {
        var (pipeline, heart) = (new MonitorPipeline(settings.Judgement), new ScriptedHeart());
        var before = ProcessorTime.Total;
        using (var recorder = record?.Invoke()) Run(recorder);
        return ProcessorTime.Total - before;

        void Run(Recorder? recorder)
        {
            for (var i = 0L; i < (long)(Drive.TotalSeconds * perSecond); i++)
            {
                var now = TimeSpan.FromSeconds(i / perSecond);
                while (heart.TryRead(now, out var at, out var packet))
                    Step(new Observation(at, Heart: packet), recorder);
                Step(
                    faces[(int)(i % faces.Count)] with
                    {
                        At = now,
                        Vehicle = new(80, 1),
                        Wall = new(DateTimeOffset.UnixEpoch + now, Trusted: true),
                    },
                    recorder);
            }
        }

        void Step(in Observation seen, Recorder? recorder)
        {
            var outcome = pipeline.Step(seen);
            recorder?.Emit(seen, outcome);
        }
    }

    private static RecordingHeader Header(MonitorOptions settings, TimeProvider time) => new()
    {
        Driver = "bench", StartedAt = time.GetLocalNow(), Allowed = Modalities.All, Judgement = settings.Judgement,
    };
}
