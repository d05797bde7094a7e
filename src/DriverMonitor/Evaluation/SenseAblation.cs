using DriverMonitor.Core;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Evaluation;

/// <summary>
/// Judges a drive once more for each sense, as if the driver had not allowed that one: what is left of a state is what the other
/// senses say of it.
/// </summary>
internal sealed class SenseAblation : IEventSink
{
    private static readonly (string Name, Modalities Sense)[] Senses =
        [("camera", Modalities.Camera), ("heart", Modalities.Heart), ("voice", Modalities.Voice)];

    private readonly (string Name, Modalities Sense, MonitorPipeline Pipeline, DriveCollector Found)[] _runs;
    private Modalities _heard;

    /// <param name="settings">Those of the drive.</param>
    /// <param name="profile">What earlier drives taught; null for nothing.</param>
    public SenseAblation(MonitorSettings settings, DriverProfile? profile = null)
    {
        _runs =
        [
            .. Senses.Select(one => (one.Name, one.Sense, new MonitorPipeline(settings, profile: profile), new DriveCollector())),
        ];
        foreach (var run in _runs)
            run.Pipeline.Step(new(TimeSpan.Zero, Allowed: Modalities.WithoutVoice & ~run.Sense));
    }

    /// <summary>The drive without each sense that it had, where it had another one as well.</summary>
    public IEnumerable<(string Sense, DriveCollector Found)> Without =>
        from run in _runs
        where (_heard & run.Sense) != 0 && (_heard & ~run.Sense) != 0
        select (run.Name, run.Found);

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (seen.Face is { Sight: Sight.Driver }) _heard |= Modalities.Camera;
        if (seen.Heart is not null || seen.Skin is not null) _heard |= Modalities.Heart;
        if (seen.Voice is { Microphone: MicrophoneState.Present }) _heard |= Modalities.Voice;
        foreach (var run in _runs)
        {
            var rest = seen.Allowed is { } allowed ? seen with { Allowed = allowed & ~run.Sense } : seen;
            run.Found.Emit(rest, run.Pipeline.Step(rest));
        }
    }
}

/// <summary>An input judged without one of its senses.</summary>
internal sealed record WithoutSense(
    string Sense, StateTally States, IReadOnlyDictionary<LabelClass, IReadOnlyList<ScoredSample>> StateSamples);
