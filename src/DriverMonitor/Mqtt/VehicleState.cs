using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Scoring;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;
using DriverMonitor.Outbox;

namespace DriverMonitor.Mqtt;

/// <summary>The newest state, written by the loop and read by the link. Only the newest matters, so nothing is queued.</summary>
/// <param name="namesEmotions">Whether stress and anger may be named off the vehicle.</param>
internal sealed class VehicleState(bool namesEmotions = true)
{
    private static readonly string[] Kinds = ["fatigue", "stress", "anger", "distraction"];

    private readonly ModalityState _camera = new(fact => fact.CameraWord);
    private readonly ModalityState _heart = new(fact => fact.HeartWord);
    // Written by the loop once a second, read by the link; not a number while a state cannot be judged.
    private readonly double[] _risks = [.. Kinds.Select(_ => double.NaN)];
    private double _heartRate = double.NaN;
    // Below zero while it cannot be said.
    private volatile int _eyesOnRoad = -1;
    private volatile int _level;
    private int _changed;
    private long _seq;

    /// <summary>Raised on the loop's thread when something a viewer would want to see at once has changed.</summary>
    public event Action? Changed;

    public WireSenses Senses => new(_camera.Word, _heart.Word);

    public void Handle(in Observation seen, in Outcome outcome)
    {
        if (seen.Face is { Sight: not (Sight.NoFrame or Sight.Asleep) } && _camera.Observe()) RaiseChanged();
        if (seen.Heart is { Malformed: false } && _heart.Observe()) RaiseChanged();
        if (outcome.Scores is { } scores) Handle(scores);
        _eyesOnRoad = outcome.Measures.EyesOnRoad switch { true => 1, false => 0, null => -1 };
        if (outcome.Alert.Level != (AlertLevel)_level)
        {
            _level = (int)outcome.Alert.Level;
            RaiseChanged();
        }
    }

    public void Handle(MonitorEvent.Status status)
    {
        if (status.Kind == StatusKind.ModalitiesChanged) Allow(status.Detail ?? "");
        else if (status.Kind != StatusKind.Recovered) Update(sense => sense.Handle(StatusFacts.Of(status.Kind)));
        // A recovery mends its own part alone; a name that nobody uses mends nothing.
        else if (StatusFacts.Named(status.Detail) is { } mended) Update(sense => sense.Recover(mended));
    }

    /// <summary>Whether anything changed since this was asked last.</summary>
    public bool TakeChange() => Interlocked.Exchange(ref _changed, 0) == 1;

    public WireState Snapshot(OutboxCount outbox) =>
        new(++_seq, _level, [.. Kinds.Select((kind, i) => new WireRisk(kind, Volatile.Read(ref _risks[i])))], Senses,
            outbox.Waiting, outbox.Oldest, outbox.Dropped,
            _eyesOnRoad switch { 1 => true, 0 => false, _ => null },
            Volatile.Read(ref _heartRate) is var rate && double.IsFinite(rate) ? rate : null);

    private void Handle(Scores scores)
    {
        Volatile.Write(ref _heartRate, scores.Heart?.BeatsPerMinute ?? double.NaN);
        SetScore(0, scores.Fatigue);
        SetScore(3, scores.Distraction);
        if (!namesEmotions) return;
        SetScore(1, scores.Stress);
        SetScore(2, scores.Anger);
    }

    private void SetScore(int kind, in StateScore score) =>
        Volatile.Write(ref _risks[kind], score.Level == StateLevel.Unknown || score.Confidence <= 0 ? double.NaN : score.P);

    /// <summary>What was judged of a sense that is withdrawn must not go out once more: unknown until the next second.</summary>
    private void Allow(string allowed)
    {
        var hasHeart = allowed.Contains("heart", StringComparison.Ordinal);
        if (!hasHeart) Volatile.Write(ref _heartRate, double.NaN);
        for (var kind = 0; kind < _risks.Length; kind++) Volatile.Write(ref _risks[kind], double.NaN);
        _camera.Allow(allowed.Contains("camera", StringComparison.Ordinal));
        _heart.Allow(hasHeart);
        RaiseChanged();
    }

    private void Update(Func<ModalityState, bool> change)
    {
        if (change(_camera) | change(_heart)) RaiseChanged();
    }

    private void RaiseChanged()
    {
        Interlocked.Exchange(ref _changed, 1);
        Changed?.Invoke();
    }
}
