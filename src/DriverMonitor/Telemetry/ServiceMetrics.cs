using System.Diagnostics.Metrics;
using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using DriverMonitor.Vision;

namespace DriverMonitor.Telemetry;

/// <summary>
/// The figures of the running service. What is counted elsewhere is read when somebody asks; the loop itself only writes a
/// few numbers down. No figure names the driver.
/// </summary>
internal sealed class ServiceMetrics : IEventSink, IDisposable
{
    public const string MeterName = "DriverMonitor";

    private readonly Meter _meter = new(MeterName);
    private static readonly TimeSpan Stillness = TimeSpan.FromSeconds(2);

    private static readonly string[] States = ["fatigue", "stress", "anger", "distraction"];

    private readonly DisclosurePolicy _policy;
    private readonly Counter<long>? _alerts;
    private readonly FrameRate _rate = new();
    private readonly Lock _gate = new();
    private readonly StateScore[] _scores = new StateScore[4];
    private bool _hasScores;
    private TimeSpan _pictureAt;
    private double _picturesPerSecond;

    /// <param name="policy">What they may tell; null for what the settings' defaults let out.</param>
    public ServiceMetrics(TimeProvider time, DisclosurePolicy? policy = null)
    {
        _policy = policy ?? DisclosurePolicy.Usual;
        var tellsStates = May(Disclosure.States);
        Stages = new(_meter, time, tellsStates);
        var board = new BoardHealth();
        if (tellsStates)
            _alerts = _meter.CreateCounter<long>(
                "drivermonitor.alerts", "{alert}", "Alerts raised or risen, by `rule` and `level`.");
        _meter.CreateObservableGauge(
            "drivermonitor.frames.rate",
            Rate,
            "{frame}/s",
            "Pictures judged a second, over the last ten; absent without pictures.");
        if (tellsStates)
            _meter.CreateObservableGauge(
                "drivermonitor.score",
                () => Scores(score => score.P),
                "1",
                "Each `state` of the second, 0 to 1; absent while unknown or not consented to.");
        if (tellsStates)
            _meter.CreateObservableGauge(
                "drivermonitor.score.confidence",
                () => Scores(score => score.Confidence),
                "1",
                "How much of what could be known of the `state` was known, 0 to 1.");
        _meter.CreateObservableGauge(
            "drivermonitor.board.temperature",
            board.Temperatures,
            "Cel",
            "Temperature of each thermal `zone` that the kernel knows.");
        _meter.CreateObservableGauge(
            "drivermonitor.board.throttled",
            board.Throttled,
            "1",
            "1 while the board is slowed down by heat or low voltage, else 0; absent where the kernel does not say.");
    }

    /// <summary>What each stage takes, for the loop to write down.</summary>
    public StageLatencies Stages { get; }

    /// <summary>Figures of the pictures: how many came, were dropped, were judged, and what that took.</summary>
    public void Follow(CameraFeed feed, FaceReader reader, TorsoWatch? torso = null)
    {
        Count("drivermonitor.frames", "{frame}", "Pictures that came.", () => feed.Frames);
        Count(
            "drivermonitor.frames.dropped", "{frame}", "Pictures nobody saw because a newer one came first.", () => feed.Dropped);
        Count("drivermonitor.camera.reopened", "{time}", "How often the camera was lost and tried again.", () => feed.Reopened);
        _meter.CreateObservableCounter(
            "drivermonitor.inference.runs",
            () => Loaded().Select(model => Of(model, model.Runs)),
            "{run}",
            "Runs of each network (`model`).");
        _meter.CreateObservableCounter(
            "drivermonitor.inference.duration",
            () => Loaded().Select(model => Of(model, model.TimeInside.TotalSeconds)),
            "s",
            "Time spent inside each network (`model`), in all; over runs, what one run takes.");

        IEnumerable<OnnxModel> Loaded() => torso is null ? reader.Models : reader.Models.Concat(torso.Models);

        static Measurement<T> Of<T>(OnnxModel model, T value)
            where T : struct => new(value, new KeyValuePair<string, object?>("model", model.Entry.Name));
    }

    /// <summary>A figure of another part.</summary>
    public void Count(string name, string unit, string what, Func<long> read) =>
        _meter.CreateObservableCounter(name, read, unit, what);

    public void Gauge(string name, string unit, string what, Func<double> read) =>
        _meter.CreateObservableGauge(name, read, unit, what);

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (seen.Face is { } face) CountPicture(seen.At, face.Sight);
        // What was judged of a sense that is withdrawn is not told once more.
        if (seen.Allowed is not null) _hasScores = false;
        if (outcome.Scores is { } scores)
        {
            lock (_gate)
                (_scores[0], _scores[1], _scores[2], _scores[3], _hasScores) = (
                    scores.Fatigue, scores.Stress, scores.Anger, scores.Distraction, true);
        }

        if (outcome.Events.IsDefaultOrEmpty) return;
        foreach (var happened in outcome.Events)
        {
            if (happened is MonitorEvent.Alert { Phase: not AlertPhase.Cleared } alert)
                _alerts?.Add(1, new("rule", _policy.NameOf(Audience.Scraper, alert.Rule)), new("level", (int)alert.Level));
        }
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>One set of figures for who reads them and who is sent them: none is sent while nothing may leave.</summary>
    private bool May(Disclosure what) => _policy.Allows(Audience.Scraper, what);

    /// <summary>The rate of a camera that is lost or asleep is not the one it had.</summary>
    private void CountPicture(TimeSpan at, Sight sight)
    {
        if (sight is not (Sight.NoFrame or Sight.Asleep))
        {
            _rate.Step(at);
            _pictureAt = at;
        }
        else if (at - _pictureAt > Stillness)
        {
            _rate.Reset();
        }

        Volatile.Write(ref _picturesPerSecond, _rate.PerSecond ?? 0);
    }

    private IEnumerable<Measurement<double>> Rate()
    {
        if (Volatile.Read(ref _picturesPerSecond) is > 0 and var rate) yield return new(rate);
    }

    private List<Measurement<double>> Scores(Func<StateScore, double> what)
    {
        var measured = new List<Measurement<double>>(States.Length);
        lock (_gate)
        {
            for (var i = 0; _hasScores && i < States.Length; i++)
            {
                if (i is 1 or 2 && !May(Disclosure.Emotions)) continue;
                if (_scores[i] is { Level: not StateLevel.Unknown, Limit: not MissingReason.NoConsent } known)
                    measured.Add(new(what(known), new KeyValuePair<string, object?>("state", States[i])));
            }
        }

        return measured;
    }
}
