using DriverMonitor.Core.Events;
using DriverMonitor.Core.Wire;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>Events of one vehicle as the receiver reads them, by the product's own writers.</summary>
internal sealed class Vehicle(string name = "veh-0001", string tenant = "acme", ulong epoch = 0x5f1c9a2e77b04d10, int boot = 7)
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly EventReader Reader = new(["acme", "beta"], []);

    public VehicleMessages Says { get; } = new(tenant, name, epoch, boot, Start);

    public static VehicleName Name { get; } = new("acme", "veh-0001");

    public static long ReceivedAt { get; } = Start.AddHours(1).ToUnixTimeMilliseconds();

    public FleetEvent Alert(
        long seq, AlertPhase phase = AlertPhase.Raised, int episode = 1, WireClock clock = WireClock.Synced) =>
        Read(Says.Alert(seq, TimeSpan.FromSeconds(seq), phase, episode, clock)).Event!;

    /// <summary>An alert as it travels.</summary>
    public (string Topic, byte[] Body) Raise(long seq) =>
        Says.Alert(seq, TimeSpan.FromSeconds(seq), AlertPhase.Raised, episode: 1);

    public static Reading Read((string Topic, byte[] Body) message) => Reader.Read(message.Topic, message.Body, ReceivedAt);

    public static EventBatch Batch(params FleetEvent[] events) => new(ReceivedAt, events, [], []);

    public static EventBatch Batch(params (string Topic, byte[] Body)[] messages)
    {
        var readings = messages.Select(Read).ToList();
        return new(
            ReceivedAt,
            [.. readings.Select(reading => reading.Event).OfType<FleetEvent>()],
            [.. readings.Select(reading => reading.Finding).OfType<Finding>()],
            [.. readings.Select(reading => reading.Contact).OfType<VehicleContact>()]);
    }
}
