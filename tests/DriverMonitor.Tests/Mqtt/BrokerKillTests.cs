using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>
/// A broker that dies takes with it what it had acknowledged and not yet passed on. Only the fleet's own mark repairs that:
/// five kill -9 during 3,000 alerts (twenty during 11,700 in the long form), and none is missing.
/// </summary>
public sealed class BrokerKillTests : IDisposable
{
    private const int BetweenKills = 580;

    /// <summary>What comes after the last kill shows the fleet that something before is missing.</summary>
    private const int AfterThat = 100;

    private const int MostMarks = 60;

    private static readonly int Kills = LongForm.IsWanted ? 20 : 5;
    private static readonly int Alerts = Kills * BetweenKills + AfterThat;

    private readonly string _folder = Directory.CreateTempSubdirectory("broker-kills").FullName;
    private readonly SeqTally _tally = new();
    private readonly HashSet<long> _numbers = [];
    private readonly Lock _gate = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task With_the_fleets_mark_no_alert_is_missing()
    {
        await using var broker = await Mosquitto.StartAsync(_ => "allow_anonymous true\nmax_queued_messages 0");
        await using var vehicle = new TestVehicle(
            broker.Address.Port, settings => settings with { Acknowledge = Acknowledgement.Fleet }, folder: _folder);
        var lives = new List<Subscriber> { await ListenAsync(broker) };
        for (var kill = 0; kill < Kills; kill++)
        {
            await EmitAsync(vehicle, BetweenKills / 2);
            await broker.KillAsync();
            await EmitAsync(vehicle, BetweenKills / 2);
            await broker.StartAgainAsync();
            // The vehicle is back before the fleet is: what it sends now is acknowledged, and heard by nobody.
            await Eventually.Sees("the broker acknowledging", () => vehicle.Uplink.Outbox.Count.Waiting == 0);
            lives.Add(await ListenAsync(broker));
            Mark(vehicle);
        }

        await EmitAsync(vehicle, AfterThat);
        for (var mark = 0; mark < MostMarks && Heard() < Alerts; mark++)
        {
            Mark(vehicle);
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Enumerable.Range(0, Alerts).Select(n => (long)n), _numbers.Order());
        foreach (var life in lives) await life.DisposeAsync();
    }

    private static async Task EmitAsync(TestVehicle vehicle, int count)
    {
        const int Burst = 10;
        for (var sent = 0; sent < count; sent += Burst)
        {
            vehicle.EmitAlerts(Burst);
            await Task.Delay(TimeSpan.FromMilliseconds(25));
        }
    }

    private async Task<Subscriber> ListenAsync(Mosquitto broker)
    {
        var fleet = await FleetEar.Fleet(broker.Address);
        fleet.Heard += Take;
        foreach (var message in fleet.Messages) Take(message);
        return fleet;
    }

    private void Take(Received message)
    {
        if (FleetEvent.From(message) is not { } happened) return;
        lock (_gate)
        {
            // Where a time server keeps the clock there is a clock fix among the alerts.
            if (_tally.Take(happened.Seq) && message.Topic.EndsWith("/fatigue", StringComparison.Ordinal))
                _numbers.Add(happened.Mono / 1000);
        }
    }

    private int Heard()
    {
        lock (_gate) return _numbers.Count;
    }

    private void Mark(TestVehicle vehicle)
    {
        lock (_gate) vehicle.Uplink.Outbox.MarkUpTo(vehicle.Uplink.Identity.Epoch, _tally.Highest, [.. _tally.Missing()]);
    }
}
