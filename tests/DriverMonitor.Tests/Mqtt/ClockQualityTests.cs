using System.Text.Json;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Wire;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Tests.Support;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>A board without a battery: what the clock may be believed, and what is remembered of it.</summary>
public sealed class ClockQualityTests : IDisposable
{
    private static readonly DateTimeOffset Today = new(2026, 11, 22, 11, 20, 31, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("clock").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_trusted_time_is_the_floor_of_the_next_start()
    {
        await KeepAsync(Today, isKept: true);

        var next = new ClockQuality(new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddHours(1)), _folder, () => false);
        Assert.Equal((WireClock.Unset, Today), (next.State, next.Floor));
        var later = new ClockQuality(new FakeTimeProvider(Today.AddHours(1)), _folder, () => false);
        Assert.Equal(WireClock.Floor, later.State);
    }

    [Fact]
    public async Task A_time_that_nobody_vouches_for_is_not_remembered()
    {
        await KeepAsync(Today.AddYears(9), isKept: false);

        Assert.True(new ClockQuality(new FakeTimeProvider(Today), _folder, () => false).Floor < Today);
    }

    [Fact]
    public async Task A_time_server_knows_better_than_a_note_from_the_future()
    {
        await KeepAsync(Today.AddYears(9), isKept: true);

        var clock = new ClockQuality(new FakeTimeProvider(Today), _folder, () => true);
        Assert.Equal((WireClock.Synced, Today), (clock.State, clock.Floor));
    }

    [Fact]
    public void A_clock_that_was_kept_runs_free_after_that()
    {
        var isKept = true;
        var clock = new ClockQuality(new FakeTimeProvider(Today), isKept: () => isKept);
        Assert.Equal(WireClock.Synced, clock.State);
        isKept = false;
        Assert.Equal((WireClock.Holdover, (DateTimeOffset?)Today), (clock.State, clock.TrustedNow));
    }

    [Fact]
    public async Task Once_the_time_is_certain_the_fleet_can_put_earlier_events_right()
    {
        var (time, isKept) = (new FakeTimeProvider(DateTimeOffset.UnixEpoch), false);
        using var uplink = new Uplink(
            new() { Brokers = ["127.0.0.1:1"] },
            default,
            time,
            () => 0,
            NullLogger<MqttLink>.Instance,
            clock: new(time, isKept: () => isKept));
        Emit(uplink, TimeSpan.FromSeconds(90), new MonitorEvent.Status(TimeSpan.FromSeconds(90), StatusKind.CameraCovered));
        // Ten minutes later the network is there, and with it a time server.
        (isKept, var at) = (true, TimeSpan.FromSeconds(690));
        time.SetUtcNow(Today);
        for (var i = 0; i < 3; i++) Emit(uplink, at + i * TimeSpan.FromSeconds(1));

        await Eventually.Sees("both events", () => uplink.Outbox is { IsIdle: true, Count.Waiting: 2 });
        var first = Read(uplink, after: 0, out var seq);
        var fix = Read(uplink, after: seq, out _);
        Assert.Equal("unset", first.Clock);
        Assert.Equal(("io.dms.clockfix.v1", 690_000), (fix.Type, fix.Data["mono"]!.GetValue<long>()));
        var utc = fix.Data["utc"]!.GetValue<DateTimeOffset>();
        Assert.Equal(
            Today - TimeSpan.FromMinutes(10), FleetDouble.Restamp(first, fix.Data["boot"]!.GetValue<int>(), 690_000, utc));
    }

    private async Task KeepAsync(DateTimeOffset now, bool isKept)
    {
        using var stop = new CancellationTokenSource();
        var keeping = new ClockQuality(new FakeTimeProvider(now), _folder, () => isKept).KeepAsync(stop.Token);
        await stop.CancelAsync();
        await keeping;
    }

    private static void Emit(Uplink uplink, TimeSpan at, params ReadOnlySpan<MonitorEvent> events) =>
        uplink.Sink.Emit(default, new Outcome(at, default, StandingAlert.None, [.. events]));

    private static FleetEvent Read(Uplink uplink, long after, out long seq)
    {
        var entry = uplink.Outbox.NextAfter(after)!;
        seq = entry.Seq;
        return FleetEvent.From(
            new(default, entry.Topic, JsonDocument.Parse(entry.Body).RootElement.GetRawText(), 1, false, 0, null)
        )!;
    }
}
