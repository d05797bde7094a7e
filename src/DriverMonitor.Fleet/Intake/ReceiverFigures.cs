using System.Diagnostics.Metrics;
using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Intake;

/// <summary>What the receiver counts; read by metrics, health and the demo.</summary>
internal sealed class ReceiverFigures : IDisposable
{
    public const string MeterName = "DriverMonitor.Fleet";

    /// <summary>A batch takes milliseconds, and minutes while the store is away; a rule asks whether it takes 2 s.</summary>
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60];

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _duration;
    private long _events;
    private long _repeats;
    private long _findings;
    private long _batches;
    private int _isOutage;
    private long _lastReceivedAt;

    public ReceiverFigures()
    {
        _meter.CreateObservableCounter("fleet.events.stored", () => Events, "{event}", "Events stored for the first time.");
        _meter.CreateObservableCounter("fleet.events.repeated", () => Repeats, "{event}", "Events that came again and were stored before.");
        _meter.CreateObservableCounter("fleet.findings", () => Findings, "{finding}", "Findings written since the start.");
        _meter.CreateObservableCounter("fleet.batches", () => Batches, "{batch}", "Transactions of the intake.");
        _meter.CreateObservableGauge("fleet.store.down", () => _isOutage, "1", "1 while the store cannot be written, else 0.");
        _duration = _meter.CreateHistogram(
            "fleet.batch.duration", "s", "From the first try to the commit.", tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
    }

    public long Events => Volatile.Read(ref _events);

    public long Repeats => Volatile.Read(ref _repeats);

    public long Findings => Volatile.Read(ref _findings);

    public long Batches => Volatile.Read(ref _batches);

    /// <summary>The store cannot be written now.</summary>
    public bool IsOutage => Volatile.Read(ref _isOutage) == 1;

    /// <summary>When the newest stored batch was received, Unix milliseconds; 0 before the first.</summary>
    public long LastReceivedAt => Volatile.Read(ref _lastReceivedAt);

    public void AddStored(EventBatch batch, PutResult result, TimeSpan duration)
    {
        Interlocked.Add(ref _events, result.New.Count);
        Interlocked.Add(ref _repeats, result.Repeats);
        Interlocked.Add(ref _findings, batch.Findings.Count);
        Interlocked.Increment(ref _batches);
        Volatile.Write(ref _lastReceivedAt, batch.ReceivedAt);
        _duration.Record(duration.TotalSeconds);
    }

    /// <summary>True the first time.</summary>
    public bool BeginOutage() => Interlocked.Exchange(ref _isOutage, 1) == 0;

    /// <summary>True if there was one.</summary>
    public bool EndOutage() => Interlocked.Exchange(ref _isOutage, 0) == 1;

    public void Dispose() => _meter.Dispose();
}
