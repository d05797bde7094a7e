using System.Security.Cryptography;
using DriverMonitor.Audit;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Commands;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>Joins what orders can ask for with the parts that do it.</summary>
internal static class RemoteCommandsRegistration
{
    /// <summary>A bundle that fits into an event beside everything else; a larger one waits in the vehicle.</summary>
    private const int LargestSentBundle = 6_000;

    /// <summary>Adds the part that hears orders, and the one that tells how the audit log ends; nothing without keys.</summary>
    /// <exception cref="ConfigurationException">There are keys, but no folder to remember orders in.</exception>
    public static void AddRemoteCommands(this IHostApplicationBuilder builder, string config)
    {
        var fleet = builder.AddSection<FleetSettings>("Fleet");
        if (fleet.Keys.Count == 0 || !Uplink.Wanted(builder.AddSection<MqttSettings>("Mqtt")))
        {
            if (fleet.StateFolder is { } state)
                Open(state, () => UpdatesWait(state, isOrdered: false));
            return;
        }

        var folder =
            fleet.StateFolder
            ?? throw new ConfigurationException(
                "Fleet:Keys needs Fleet:Folder, or the vehicle would obey old orders again after every start. Name a folder such as /var/lib/drivermonitor."
            );
        var (keys, audit) = (FleetKeys.Load(fleet.Keys), new AuditLog(folder, TimeProvider.System));
        if (Open(folder, () => OpenLedger(folder, keys)) is not { } ledger) return;

        builder.Services.AddSingleton(_ => keys);
        builder.Services.AddSingleton(audit);
        builder.Services.AddSingleton<FaultReport>();
        AddRenewal(builder);
        builder.Services.AddPart(ServicePart.Orders, services => ReceiverOf(services, config, folder, keys, ledger).RunAsync);
        var mqtt = builder.AddSection<MqttSettings>("Mqtt");
        var address = $"{mqtt.Tenant}/{mqtt.Vehicle}";
        builder.Services.AddPart(ServicePart.AuditHead, services => new AuditHeads(
            audit, DeviceKey.In(folder), address, services.GetRequiredService<Uplink>().Voice.AuditHead,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<AuditHeads>>()).RunAsync);
    }

    /// <summary>Only for a certificate that enrolment put there: others are somebody else's to renew.</summary>
    private static void AddRenewal(IHostApplicationBuilder builder)
    {
        var mqtt = builder.AddSection<MqttSettings>("Mqtt");
        if (mqtt.Tls is not { CaFile: { } authority, CertificateFile: { } own, KeyPasswordFile: null } tls || tls.KeyFile != own)
            return;
        builder.Services.AddSingleton(services => new CertificateRenewal(
            own, authority, mqtt.Vehicle, services.GetRequiredService<ClockQuality>(),
            services.GetRequiredService<Uplink>().Voice.CertificateRequest, services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<CertificateRenewal>>()));
        builder.Services.AddPart(ServicePart.Renewal, services => services.GetRequiredService<CertificateRenewal>().RunAsync);
    }

    private static CommandReceiver ReceiverOf(
        IServiceProvider services, string config, string folder, FleetKeys keys, CommandLedger ledger)
    {
        var (settings, uplink) = (services.GetRequiredService<MonitorOptions>(), services.GetRequiredService<Uplink>());
        var (audit, time) = (services.GetRequiredService<AuditLog>(), services.GetRequiredService<TimeProvider>());
        var clock = services.GetRequiredService<ClockQuality>();
        var log = services.GetRequiredService<ILogger<CommandReceiver>>();
        var rights = new DriverRights(settings.Profiles, folder, audit, time, log, RecordedDrive.KeptIn(settings));
        var (consents, report) = (services.GetRequiredService<ConsentStore>(), services.GetRequiredService<FaultReport>());
        var orders = new CommandReceiver(
            $"{settings.Mqtt.Tenant}/{settings.Mqtt.Vehicle}", keys, ledger, audit,
            HandsOf(
                config, settings, folder, rights, consents, uplink, report, services.GetService<CertificateRenewal>(), time),
            uplink.Voice.Answer, () => clock.TrustedNow, time, log);
        uplink.Link.OrderArrived += message => orders.Handle(message.Topic, message.Body, message.Retained);
        return orders;
    }

    private static CommandLedger OpenLedger(string folder, FleetKeys keys)
    {
        UpdatesWait(folder, keys.OrderUpdates);
        return CommandLedger.Open(folder);
    }

    private static UpdateOrder UpdatesWait(string folder, bool isOrdered)
    {
        var order = UpdateOrderIn(folder);
        order.Begin(isOrdered);
        return order;
    }

    /// <summary>In the unit's own folder where there is one: <c>drivermonitor-update</c> does not read the settings.</summary>
    private static UpdateOrder UpdateOrderIn(string folder) => new(ServiceFolders.State(configured: null) ?? folder);

    /// <summary>Null where the folder cannot be used: the driver is watched without orders rather than not at all.</summary>
    private static T? Open<T>(string folder, Func<T> open)
        where T : class
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is ConfigurationException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(
                $"drivermonitor: no orders are taken from the fleet, because {folder} cannot be used: {e.Message.ReplaceLineEndings(" ")}"
            );
            return null;
        }
    }

    private static CommandHandlers HandsOf(
        string config,
        MonitorOptions settings,
        string folder,
        DriverRights rights,
        ConsentStore consents,
        Uplink uplink,
        FaultReport report,
        CertificateRenewal? renewal,
        TimeProvider time) =>
        new()
        {
            Mark = mark => uplink.Outbox.MarkUpTo(mark.Epoch, mark.UpTo, mark.Missing),
            Resend = uplink.Outbox.Resend,
            Configure = changes =>
            {
                var own = Own(config);
                new FleetOverlay(folder).Change(changes, all => ServiceSettings.WhyNot(config, own, all));
            },
            AskDriver = request => RequestConsent(consents.Of(request.Driver), request, time),
            Erase = driver =>
            {
                var erased = rights.Erase(driver);
                if (erased.Files == 0)
                    throw new OrderFailedException(CommandRefusal.UnknownDriver, "nothing is stored of this driver");
                uplink.Voice.Erased(erased.Aliases, erased.Files);
                return erased.Files;
            },
            Export = order => Export(settings, rights, order),
            LocateFault = report.MakeAsync,
            Update = order => UpdateOrderIn(folder).Handle(order, $"{settings.Mqtt.Tenant}/{settings.Mqtt.Vehicle}"),
            Renew = certificate => (renewal
                ?? throw new OrderFailedException(CommandRefusal.NotAllowed, "the certificate was not enrolled")).Install(certificate),
        };

    private static MonitorOptions Own(string config)
    {
        try
        {
            return MonitorOptions.Load(config);
        }
        catch (ConfigurationException e)
        {
            throw new OrderFailedException(CommandRefusal.Failed, "the vehicle's own settings file is damaged", e);
        }
    }

    /// <summary>
    /// Only notes that the driver is to be asked: the page and the command line show it, and the driver alone answers.
    /// </summary>
    private static void RequestConsent(ConsentStore store, FleetCommand.ConsentRequest request, TimeProvider time)
    {
        if (store.Place is null)
            throw new OrderFailedException(CommandRefusal.Failed, "nothing is kept of a driver here: Profiles:Folder is not set");
        store.Change(book => book.WithQuestion(request.Modality, time.GetUtcNow()));
    }

    /// <summary>
    /// What is stored of a driver was measured on the body. It leaves by radio only at a level at which such values do
    /// anyway; below it the sealed bundle waits in the vehicle for somebody to fetch it.
    /// </summary>
    private static (string, string?) Export(MonitorOptions settings, DriverRights rights, FleetCommand.ExportDriver order)
    {
        if (rights.Export(order.Driver) is not { } text)
            throw new OrderFailedException(CommandRefusal.UnknownDriver, "nothing is stored of this driver");
        try
        {
            var bundle = SealedBundle.Seal(text, Convert.FromBase64String(order.PublicKey));
            rights.AuditExport(order.Driver);
            if (settings.Discloses().Allows(Audience.Fleet, Disclosure.Measures) && bundle.Length <= LargestSentBundle)
                return ("sent", bundle);
            return ($"waits in the vehicle: {Path.GetFileName(rights.SaveBundle(order.Driver, bundle))}", null);
        }
        catch (CryptographicException e)
        {
            throw new OrderFailedException(CommandRefusal.OutOfRange, "key", e);
        }
    }
}
