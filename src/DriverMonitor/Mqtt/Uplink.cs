using System.Reflection;
using System.Security.Cryptography;
using DriverMonitor.Core.Events;
using DriverMonitor.Outbox;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Mqtt;

/// <summary>The whole way from an outcome to the broker, put together: give outcomes to <see cref="Sink"/>, run <see cref="Link"/>.</summary>
internal sealed class Uplink
{
    /// <param name="settings">Valid ones, with at least one broker and not at level P0; see <see cref="Wanted"/>.</param>
    /// <param name="random">0..1, even.</param>
    /// <param name="namesEmotions">Whether stress and anger may be named off the vehicle.</param>
    /// <param name="boot">Number of this start, where it is counted.</param>
    public Uplink(
        MqttSettings settings, WireOrigin origin, TimeProvider time, Func<double> random, ILogger<MqttLink> log, int boot = 1,
        bool namesEmotions = true)
    {
        var topics = new Topics(settings.Tenant, settings.Vehicle);
        var clock = new ClockTrust(time);
        var state = new VehicleState(namesEmotions);
        var start = time.GetTimestamp();
        Identity = new(settings.Tenant, settings.Vehicle, NewEpoch(), boot, Version, settings.Privacy, namesEmotions);
        Outbox = new(time, (seq, from, to, count) => (topics.Alert(WireEvent.Device),
            WireEvent.Gap(Identity, clock.Stamp(seq), time.GetElapsedTime(start), from, to, count)));
        Sink = new(Identity, topics, Outbox, state, origin, clock);
        Link = new(settings, new(Identity, topics, Outbox, state, clock), time, random, log);
        // The fleet hears of it when the link stands again, and the driver's alarms do not depend on it.
        Link.Troubled += (status, detail) => Outbox.Add(topics.Alert(WireEvent.Device),
            seq => WireEvent.Status(Identity, clock.Stamp(seq), time.GetElapsedTime(start), status, detail));
    }

    public WireIdentity Identity { get; }

    public MemoryOutbox Outbox { get; }

    public MqttSink Sink { get; }

    public MqttLink Link { get; }

    /// <summary>Whether the settings ask for anything to be sent.</summary>
    public static bool Wanted(MqttSettings settings) => settings.Brokers.Count > 0 && settings.Privacy != WireLevel.P0;

    private static string Version { get; } = typeof(Uplink).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static ulong NewEpoch() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
