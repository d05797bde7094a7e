using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;

namespace DriverMonitor.Cli;

/// <summary>Judges a recording again and says how the answer compares with the drive.</summary>
internal static class RecordingVerdict
{
    /// <summary>Judges with the recording's own settings and profile, or with others to see what they would have said.</summary>
    public static int Replay(RecordingReader recording, string? config, ReplayPaths paths, CancellationToken stop)
    {
        var header = recording.Header;
        var other = config is null ? null : MonitorOptions.Load(config);
        using var outputs = new ReplayOutputs(
            paths, other is null ? header.Origin : header.Origin with { Configuration = other.JudgementHash() },
            _ => throw new ConfigurationException("This is a recording already: leave --record out."),
            DisclosurePolicy.Of(other?.Mqtt.Privacy ?? WireLevel.P1, (other?.Judgement ?? header.Judgement).Profile));
        var pipeline = new MonitorPipeline(other?.Judgement ?? header.Judgement, profile: header.Profile);
        var (replay, verdict) = (new RecordingReplay(recording), default(ReplayVerdict));
        ReplayProgress.Show(
            ReplayProgress.IsShown ? (int)DriveOnDisk.Of(recording.Parts).Until.TotalSeconds : null,
            () => (long)replay.At.TotalSeconds,
            token => verdict = replay.Run(pipeline, outputs.Sinks, token), stop);
        stop.ThrowIfCancellationRequested();
        var code = outputs.Finish(
            pipeline.Finish(),
            new(
                Recordings.NameOf(header),
                other?.Judgement ?? header.Judgement,
                other?.JudgementHash() ?? header.Configuration,
                header.Models,
                RecordingHeader.ThisProgram,
                header.Program)
            {
                Verdict = verdict!,
                Vehicle = header.Vehicle,
            },
            stop);
        if (code == ExitCode.Fine)
            outputs.WriteSummary($"{verdict}");
        return code;
    }
}
