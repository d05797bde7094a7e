using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Time;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Cli;

/// <summary>
/// How soon an alert is heard: from the arrival of the picture in which a rule becomes true to the edge on the buzzer's line.
/// The demo's portrait falls asleep in front of the live chain (30 pictures a second, newest wins, networks, judgement,
/// buzzer thread, virtual board).
/// </summary>
internal static class ReactionBench
{
    private const double PicturesPerSecond = 30;

    /// <summary>Eyes that stay shut are told twice: a warning, then an alarm.</summary>
    private const int AlertsEach = 2;

    private static readonly PortraitScript Awake = new(TimeSpan.FromSeconds(3));

    /// <summary>In words, for the bench's last line.</summary>
    /// <param name="vehicle">What the judgement hears of the speed; null for nothing.</param>
    public static FormattableString Measure(
        MonitorOptions settings, int times, TimeProvider time, CancellationToken stop, IVehicle? vehicle = null)
    {
        vehicle ??= new FixedSpeed(null);
        var gpio = new GpioSettings { SelfTest = false };
        var script = PortraitScript.Sleepy(times);
        var folder = Path.Combine(settings.Vision.ModelFolder ?? ModelStore.DefaultFolder(), "portrait");
        using var reader = new FaceReader(settings.Vision, new PictureOrientation(0, Mirror: false), time);
        using var torso = new TorsoWatch(settings.Vision, default, time, ownThread: true, _ => { });
        using var board = Board.Open(gpio, time);
        using var buzzer = new Buzzer(
            board, gpio, alert => alert.Sound, new DedicatedThreadTimeProvider(), NullLogger<Buzzer>.Instance);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var live = new PortraitCamera(folder, script, time, PicturesPerSecond, isLive: true);
        var alerts = new AlertArrivals(time, () =>
        {
            if (live.HasEnded) ending.Cancel();
        });
        // As at every start: the way to the line is warm when it matters, and so are the networks.
        buzzer.Chirp(SoundPatterns.Chirp);
        Judge(new PortraitCamera(folder, Awake, paceBy: null), settings, (reader, torso, vehicle), time, stop, buzzer);

        var started = time.GetTimestamp();
        Judge(live, settings, (reader, torso, vehicle), time, ending.Token, alerts, buzzer);

        var lead = time.GetElapsedTime(board.Recording!.StartedAt, started);
        var edges = board
            .Recording.Edges.Where(edge => edge.High && edge.Line == gpio.BuzzerLineUsed)
            .Select(edge => edge.At - lead)
            .ToList();
        var whole = Delays(edges, alerts.At);
        var afterwards = Delays(edges, alerts.JudgedAt.Select(stamp => time.GetElapsedTime(started, stamp)));
        return whole.Count == 0
            ? (FormattableString)$"no alert rose; is the portrait in {folder}?"
            : $"median {whole[whole.Count / 2]:F1} ms, p99 {Percentile99(whole):F1}, longest {whole[^1]:F1} from a picture's arrival to the buzzer's edge (n {whole.Count} of {AlertsEach * times}, {PicturesPerSecond:F0} pictures/s); p99 {Percentile99(afterwards):F1} of them after the judgement";
    }

    private static void Judge(
        PortraitCamera camera, MonitorOptions settings, (FaceReader Face, TorsoWatch Torso, IVehicle Vehicle) readers,
        TimeProvider time, CancellationToken stop, params IEventSink[] sinks)
    {
        using var feed = CameraFeed.Open(camera, time);
        new MonitorLoop(
            feed, readers.Face, heart: null, readers.Vehicle, new MonitorPipeline(settings.Judgement),
            new FanOut(sinks, NullLogger.Instance), torso: readers.Torso).Run(stop);
    }

    /// <summary>Milliseconds from each moment to the first edge after it, shortest first.</summary>
    private static List<double> Delays(List<TimeSpan> edges, IEnumerable<TimeSpan> since) =>
        [
            .. since
                .Select(at =>
                    edges
                        .Where(edge => edge >= at)
                        .Select(edge => (edge - at).TotalMilliseconds)
                        .FirstOrDefault(double.PositiveInfinity))
                .Order(),
        ];

    private static double Percentile99(List<double> sorted) =>
        sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(0.99 * sorted.Count) - 1)];

    /// <summary>When the pictures arrived that made a sound begin.</summary>
    private sealed class AlertArrivals(TimeProvider time, Action heard) : IEventSink
    {
        public List<TimeSpan> At { get; } = [];

        /// <summary>When the judgement of these pictures was done, as the clock's timestamps.</summary>
        public List<long> JudgedAt { get; } = [];

        public void Emit(in Observation seen, in Outcome outcome)
        {
            heard();
            if (outcome.Events.IsDefaultOrEmpty) return;
            foreach (var happened in outcome.Events)
            {
                if (
                    happened
                    is not MonitorEvent.Alert { Rule: AlertRule.EyesClosed, Phase: AlertPhase.Raised or AlertPhase.Escalated })
                    continue;
                At.Add(seen.At);
                JudgedAt.Add(time.GetTimestamp());
            }
        }
    }
}
