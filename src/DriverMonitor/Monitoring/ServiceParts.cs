using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.HeartRate;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Telemetry;
using DriverMonitor.Time;
using DriverMonitor.Vehicle;
using DriverMonitor.Voice;
using DriverMonitor.Web;

namespace DriverMonitor.Monitoring;

/// <summary>How every part of the running service is, for its page.</summary>
internal sealed class ServiceParts(
    MonitorOptions settings, WebOutputs web, HeartInput heart, VoiceInput voice, IVehicle vehicle, ConsentMonitor consents,
    ClockQuality clock,
    Supervisor supervisor, Uplink? uplink = null)
{
    public IReadOnlyList<PagePart> Read()
    {
        var status = consents.Status;
        var parts = PageParts.OfSenses(
            web.Sink, trouble => HeartPart(trouble, status), isCameraAllowed: (status.Allowed & Modalities.Camera) != 0);
        if (web.Aim is { } aim) parts.Insert(1, PageParts.OfAim(aim.Drift.State));
        if (PageParts.Microphone(voice, web.Sink.Lacking) is { } microphone) parts.Add(microphone);
        if (PageParts.OfConsents(status) is { } damaged) parts.Add(damaged);
        parts.Add(PageParts.OfSpeed(
            isUsed: vehicle is not FixedSpeed || settings.Vehicle.SpeedKmh is not null, web.Sink.SpeedKmh,
            web.Sink.Lacking.Contains("speed_doubtful")));
        parts.Add(PageParts.OfLink(uplink));
        if (uplink is not null) parts.Add(PageParts.OfQueue(uplink.Outbox));
        parts.Add(new("clock", clock.IsTrusted ? true : null, clock.IsTrusted ? "fine" : "clock_unsure"));
        if (web.Model is { } model) parts.Add(new("models", true, "models_checked") { Facts = [new("model", model)] });
        if (PageParts.OfBoard(new BoardHealth()) is { } board) parts.Add(board);
        parts.AddRange(PageParts.OfProgram(supervisor.States));
        parts.Add(new("version", null, PageParts.Version, settings.JudgementHash()));
        return parts;
    }

    private PagePart HeartPart(string? trouble, ConsentStatus status) => heart.Monitor switch
    {
        not null when (status.Allowed & Modalities.Heart) == 0 => PageParts.HeartNotAllowed,
        BluezStrap strap => PageParts.Strap(strap.Status, trouble),
        var other => PageParts.Heart(other is not null, trouble),
    };
}
