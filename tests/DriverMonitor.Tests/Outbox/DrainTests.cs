using System.Diagnostics;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Outbox;

/// <summary>A vehicle that comes back after days without a network.</summary>
public sealed class DrainTests : IDisposable
{
    /// <summary>
    /// 72 hours at 40 alerts an hour; a tenth of it in the short form, because the backlog goes at 50 a second.
    /// </summary>
    private static readonly int Alerts = LongForm.IsWanted ? 2_880 : 288;

    private readonly string _folder = Directory.CreateTempSubdirectory("drain").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Three_days_of_alerts_arrive_in_order_and_no_faster_than_is_good_for_the_fleet()
    {
        using (var offline = new TestOutbox(_folder)) await offline.Add(Alerts, bytes: 656);

        await using var broker = await Mosquitto.StartAsync(_ => "allow_anonymous true\nmax_queued_messages 0");
        await using var fleet = await FleetEar.Fleet(broker.Address);
        // A time server keeps the clock, four days later.
        var time = new ShiftedTime(TimeSpan.FromDays(4));
        using var uplink = new Uplink(
            new()
            {
                Brokers = [broker.Address.ToString()],
                Tenant = "acme",
                Vehicle = "veh-0001",
                FirstConnectSpread = TimeSpan.Zero,
            },
            default,
            time,
            () => 0,
            NullLogger<MqttLink>.Instance,
            folder: _folder,
            clock: new(time, isKept: () => true));
        using var stop = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        var running = uplink.Link.RunAsync(stop.Token);
        await Eventually.Sees("every alert", () => Heard(fleet).Count >= Alerts, withinSeconds: 300);
        var took = watch.Elapsed;
        await stop.CancelAsync();
        await running;

        Assert.Equal(Enumerable.Range(1, Alerts).Select(n => $"{n}"), Heard(fleet));
        // 50 a second, with a little to catch up with.
        Assert.True(took > TimeSpan.FromSeconds((Alerts - 60) / 50.0), $"{Alerts} alerts took only {took.TotalSeconds:0.0} s.");
    }

    private static List<string> Heard(Subscriber fleet) =>
        [.. fleet.Messages.Where(message => message.Topic == TestOutbox.Topic).Select(message => message.Body.TrimEnd())];

    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
