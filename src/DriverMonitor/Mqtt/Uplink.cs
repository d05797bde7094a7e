using System.Reflection;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;
using DriverMonitor.Hosting;
using DriverMonitor.Outbox;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Mqtt;

/// <summary>
/// The whole way from an outcome to the broker, put together: give outcomes to <see cref="Sink"/>, run <see cref="Link"/>.
/// </summary>
internal sealed class Uplink : IDisposable
{
    private readonly VehicleState _state;
    private readonly OutboxStatusMessages _words;

    /// <param name="settings">Valid ones, with at least one broker and not at level P0; see <see cref="Wanted"/>.</param>
    /// <param name="random">0..1, even.</param>
    /// <param name="namesEmotions">Whether stress and anger may be named off the vehicle.</param>
    /// <param name="folder">Where events wait; null for memory.</param>
    /// <param name="driver">Asked for the pseudonym of who drives with each trip; null where it is not told.</param>
    /// <param name="page">Where the device's page is reached from the network; null where it is not.</param>
    /// <param name="camera">Its kind; null where that is not told.</param>
    /// <param name="outbox">Contains what goes wrong in the thread that writes events.</param>
    public Uplink(
        MqttSettings settings,
        WireOrigin origin,
        TimeProvider time,
        Func<double> random,
        ILogger<MqttLink> log,
        bool namesEmotions = true,
        string? folder = null,
        ClockQuality? clock = null,
        ILogger<EventOutbox>? outboxLog = null,
        SupervisedPart? outbox = null,
        Func<string?>? driver = null,
        Uri? page = null,
        string? camera = null)
    {
        var topics = new Topics(settings.Tenant, settings.Vehicle);
        clock ??= new(time);
        var who = new WireIdentity(
            settings.Tenant, settings.Vehicle, Epoch: 0, Boot: 0, Version, settings.Privacy, namesEmotions)
        {
            Camera = camera,
        };
        var state = new VehicleState(who.Discloses(Disclosure.Emotions));
        var words = new OutboxStatusMessages(who, topics, clock);
        Outbox = new(
            folder,
            settings.Acknowledge,
            words.Create,
            () => clock.TrustedNow,
            time,
            outboxLog ?? NullLogger<EventOutbox>.Instance,
            part: outbox);
        Identity = who with { Epoch = Outbox.Epoch, Boot = Outbox.Boot };
        _state = state;
        var passing = new PassingMessages();
        Voice = new(who, topics, Outbox, clock, passing);
        var health = new HealthReport(time, random);
        Sink = new(Identity, topics, Outbox, state, health, origin, clock, driver);
        var announcement = HomeAssistantDevice.Announce(settings.HomeAssistant, Identity, topics, DeviceFacts.Read(page));
        Link = new(
            settings, new(Identity, topics, Outbox, state, health, clock, announcement) { Passing = passing }, time, random, log);
        // The fleet hears of it when the link stands again, and the driver's alarms do not depend on it.
        Link.Troubled += Report;
        _words = words;
    }

    public WireIdentity Identity { get; }

    public EventOutbox Outbox { get; }

    public MqttSink Sink { get; }

    public FleetPublisher Voice { get; }

    public MqttLink Link { get; }

    /// <summary>Which senses work now.</summary>
    public WireSenses Senses => _state.Senses;

    /// <summary>Whether the settings ask for anything to be sent.</summary>
    public static bool Wanted(MqttSettings settings) =>
        settings.Brokers.Count > 0
        && new DisclosurePolicy(settings.Privacy, NamesEmotions: false).To(Audience.Fleet) != Disclosure.None;

    /// <summary>Tells the fleet of the monitor itself, from any thread.</summary>
    /// <param name="status">One word that never changes, for machines.</param>
    public void Report(string status, string? detail) => Outbox.Add(_words.Create(Outbox, status, detail));

    /// <summary>Call it when the link has ended: writes down what the broker has, and closes the store.</summary>
    public void Dispose() => Outbox.Dispose();

    private static string Version { get; } =
        typeof(Uplink).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
