using System.Diagnostics.Metrics;
using DriverMonitor.Camera;
using DriverMonitor.Hosting;
using DriverMonitor.Vision;

namespace DriverMonitor.Telemetry;

/// <summary>
/// Where the time goes between a picture's arrival and its judgement, as histograms in seconds. Call it on the loop's thread,
/// in the order of its methods. Allocates nothing.
/// </summary>
internal sealed class StageLatencies
{
    /// <summary>
    /// Half a millisecond (one judgement) to two seconds (a camera that hangs). The bounds that a collector takes by itself
    /// are made for milliseconds: with them every second would be one heap.
    /// </summary>
    private static readonly InstrumentAdvice<double> Bounds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
    };

    private static readonly KeyValuePair<string, object?> Capture = new("stage", "capture");
    private static readonly KeyValuePair<string, object?> Wait = new("stage", "wait");
    private static readonly KeyValuePair<string, object?> Detection = new("stage", "detection");
    private static readonly KeyValuePair<string, object?> Landmarks = new("stage", "landmarks");
    private static readonly KeyValuePair<string, object?> Expression = new("stage", "expression");
    private static readonly KeyValuePair<string, object?> Judgement = new("stage", "judgement");
    private static readonly KeyValuePair<string, object?> Outputs = new("stage", "outputs");

    private readonly TimeProvider _time;
    private readonly Histogram<double> _stages;
    private readonly Histogram<double> _decisions;
    private readonly Histogram<double>? _alarms;
    private long? _arrived;
    private Supervisor? _supervisor;

    /// <param name="tellsAlarms">Whether it may be counted how often the driver was warned.</param>
    public StageLatencies(Meter meter, TimeProvider time, bool tellsAlarms = true)
    {
        _time = time;
        _stages = Make(
            "drivermonitor.stage.duration",
            "Time in each `stage`: capture (waiting for the camera and decoding), wait (for the loop), detection, landmarks, expression, judgement, outputs (all that are told)."
        );
        _decisions = Make("drivermonitor.decision.duration", "From a picture's arrival to its judgement.");
        if (tellsAlarms)
            _alarms = Make(
                "drivermonitor.alarm.duration",
                "From a judgement to the edge on the buzzer's line, for alerts that sound at once.");

        Histogram<double> Make(string name, string what) => meter.CreateHistogram(name, "s", what, tags: null, Bounds);
    }

    /// <summary>From now on what fails here is contained.</summary>
    public void Supervise(Supervisor supervisor) => _supervisor = supervisor;

    /// <summary>Now, as the clock counts.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>The loop has taken a picture.</summary>
    public void Take(Frame frame)
    {
        _arrived = frame.ArrivedAt;
        Record(Capture, frame.FilledIn);
        Record(Wait, _time.GetElapsedTime(frame.ArrivedAt));
    }

    /// <summary>Its face has been read.</summary>
    public void Read(in FaceTimes took)
    {
        if (took.Detection > TimeSpan.Zero) Record(Detection, took.Detection);
        if (took.Landmarks > TimeSpan.Zero) Record(Landmarks, took.Landmarks);
        if (took.Expression > TimeSpan.Zero) Record(Expression, took.Expression);
    }

    /// <summary>An observation has been judged; with a picture in it the decision is made.</summary>
    /// <param name="since">When the judgement began.</param>
    public void Judge(long since)
    {
        Record(Judgement, _time.GetElapsedTime(since));
        if (_arrived is { } arrived) Record(_decisions, _time.GetElapsedTime(arrived));
        _arrived = null;
    }

    /// <summary>Everybody has heard of it.</summary>
    /// <param name="since">When telling began.</param>
    public void RecordOutputs(long since) => Record(Outputs, _time.GetElapsedTime(since));

    /// <summary>The buzzer sounds; from any thread.</summary>
    public void Sound(TimeSpan sinceJudgement) => Record(_alarms, sinceJudgement);

    private void Record(in KeyValuePair<string, object?> stage, TimeSpan took)
    {
        try
        {
            _supervisor?.Inject(ServicePart.StageTimes);
            _stages.Record(took.TotalSeconds, stage);
        }
        catch (Exception e) when (Contains(e))
        {
            // a figure less
        }
    }

    private void Record(Histogram<double>? figure, TimeSpan took)
    {
        try
        {
            figure?.Record(took.TotalSeconds);
        }
        catch (Exception e) when (Contains(e))
        {
            // a figure less
        }
    }

    private bool Contains(Exception fault) => _supervisor?.Of(ServicePart.StageTimes).Contain(fault) ?? false;
}
