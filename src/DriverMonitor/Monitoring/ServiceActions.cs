using DriverMonitor.Audit;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Web;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>What the driver can do at the page of the running service.</summary>
internal sealed class ServiceActions(
    MonitorOptions settings, WebOutputs web, ServiceParts parts, OutputController outputs, Requests requests,
    ConsentStore consents, ConsentMonitor monitor, TripHistory history, TimeProvider time,
    ILogger<DriverRights> log, Uplink? uplink = null)
{
    private readonly string _driver = settings.Profiles.Driver;

    public PageActions Make()
    {
        var place = settings.Fleet.StateFolder ?? settings.Profiles.Folder ?? settings.Recording.Folder;
        Func<DriverRights>? rights = place is { } folder
            ? () => new(settings.Profiles, folder, new AuditLog(folder, time), time, log, RecordedDrive.KeptIn(settings))
            : null;
        return new()
        {
            Policy = settings.Discloses(),
            Acknowledge = () => requests.Ask(new(Acknowledge: true)),
            Dispute = which => requests.Ask(new(Dispute: which is null, Alert: which)),
            TestBuzzer = () => outputs.Buzzer.Chirp(SoundPatterns.ChirpTwice),
            Allowed = () => monitor.Allowed,
            Parts = parts.Read,
            Driver = _driver,
            Consents = consents.Place is null ? null : () => monitor.Status,
            Say = consents.Place is null ? null : Answer,
            Export = rights is null ? null : () => Export(rights()),
            Erase = rights is null ? null : () => Erase(rights()),
            Drives = rights is null ? null : () => Drives(rights()),
            ReadDrive = rights is null ? null : drive => RecordedDrive.LinesOf(settings, rights().AliasesOf(_driver), drive),
            ForgetDrives = rights is null ? null : () => rights().ForgetDrives(_driver),
            Trips = history.IsKept ? history.Read : null,
            ForgetTrips = history.IsKept ? history.Delete : null,
            Now = () => time.GetLocalNow(),
            Aim = web.Aim,
        };
    }

    private void Answer(Modalities one, bool granted)
    {
        // Obeyed before it is written down: the disk may be slow or full.
        if (!granted) monitor.Withhold(one);
        try
        {
            consents.Change(book => granted ? book.Grant(one, time.GetUtcNow()) : book.Withdraw(one, time.GetUtcNow()));
        }
        finally
        {
            monitor.Refresh();
        }
    }

    private IReadOnlyList<PageDrive> Drives(DriverRights rights) =>
        [.. rights.Drives(_driver).Select(drive => new PageDrive(drive.Name, drive.Began, drive.Seconds, drive.Bytes))];

    private string? Export(DriverRights rights)
    {
        var text = rights.Export(_driver);
        if (text is not null) rights.AuditExport(_driver);
        return text;
    }

    private int Erase(DriverRights rights)
    {
        var erased = rights.Erase(_driver);
        // The fleet forgets too when it hears of it.
        if (erased.Files > 0) uplink?.Voice.Erased(erased.Aliases, erased.Files);
        return erased.Files;
    }
}
