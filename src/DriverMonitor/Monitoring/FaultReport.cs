using DriverMonitor.Audit;
using DriverMonitor.Configuration;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Time;
using DriverMonitor.Vision;

namespace DriverMonitor.Monitoring;

/// <summary>
/// What <c>check</c> says, from inside the running service: it holds camera and board itself, so these are told as the
/// judgement sees them instead of being opened a second time.
/// </summary>
internal sealed class FaultReport(
    MonitorOptions settings, Uplink uplink, ClockQuality clock, AuditLog audit, Supervisor supervisor)
{
    public async Task<IReadOnlyList<CheckLine>> MakeAsync(CancellationToken stop)
    {
        // Loading the networks takes a moment of its own thread.
        var models = await Task.Run(() => ModelProbe.Check(settings.Vision), stop);
        var torso = await Task.Run(() => TorsoProbe.Check(settings.Vision), stop);
        var (camera, heart) = uplink.Senses;
        var queue = uplink.Outbox.Count;
        var chain = audit.Verify();
        var failing = supervisor.Failing;
        return
        [
            new("configuration", Ok: true, $"judgement {settings.JudgementHash()}"),
            models,
            torso,
            new("camera", camera == "ok", camera),
            // Without a strap nothing is known of a heart, and nothing is wrong.
            new("heart", heart is "ok" or "unknown" or "disabled", heart),
            ClockCheck.Line(clock),
            new("queue", queue.Dropped == 0, $"{queue.Waiting} events wait, {queue.Dropped} were dropped"),
            new(
                "parts",
                failing.Count == 0,
                failing.Count == 0 ? "all work" : string.Join(", ", failing.Select(part => $"{part.Part.Name()}: {part.Fault}"))),
            new(
                "audit",
                chain.FirstBadLine is null,
                chain.FirstBadLine is { } bad ? $"line {bad}: {chain.Why}" : $"{chain.Head.Entries} lines hold"),
        ];
    }
}
