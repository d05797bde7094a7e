using System.Globalization;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Tests.HeartRate.Bluetoothd;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.HeartRate;

/// <summary>The strap over a real bus, against a bluetoothd that misbehaves.</summary>
public sealed class BluezStrapTests
{
    private const string Ours = "A0:9E:1A:00:11:22", Second = "A0:9E:1A:00:33:44", Stranger = "C0:FF:EE:00:00:01";

    /// <summary>
    /// In real time; the simulated day has the exact one of ten seconds. A machine four times slower must pass too.
    /// </summary>
    private const int Bar = 40;

    private readonly LogLines<BluezStrap> _log = new();

    public static TheoryData<string, string> Nuisances => new()
    {
        { "it answers late", "connects=1" },
        { "it hangs up at once, again and again", "drops=0.1" },
        { "BlueZ is busy with the subscription", "faults=InProgress,NotReady" },
        { "the subscription fails", "faults=DoesNotExist" },
        { "it says 'not permitted' until bonded", "needsbond=1" },
        { "it says 'ATT error 0x05' until bonded", "needsbond=1 faults=Failed" },
        { "it has no battery level", "battery=-1" },
        { "it is silent until subscribed anew", "mute=2" },
        { "it is silent until connected anew", "mute=3" },
        { "it sends everything twice", "doubles=1" },
    };

    [Theory]
    [MemberData(nameof(Nuisances))]
    public async Task A_difficult_strap_is_heard(string name, string how)
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Difficult {how}");
        using var strap = Open(bluez);
        await Eventually.Sees($"a pulse though {name}", () => Read(strap) is { BeatsPerMinute: 75 }, Bar);
    }

    public static TheoryData<string, string> Losses => new()
    {
        { "it hangs up", $"drop {Ours}" },
        { "it goes out of range and comes back", $"set {Ours} present=0; set {Ours} present=1" },
        { "bluetoothd forgets it", $"remove {Ours}" },
        { "bluetoothd restarts", "stop; start" },
        { "the adapter is pulled and put back", "unplug; plug" },
        { "somebody switches the adapter off", "off" },
        { "it falls silent", $"set {Ours} mute=1" },
        { "it falls silent and subscribing anew does not help", $"set {Ours} mute=2" },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_lost_pulse_comes_back_and_says_that_there_was_a_gap(string name, string happens)
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10");
        using var strap = Open(bluez);
        await Eventually.Sees("the first pulse", () => Read(strap) is not null, Bar);

        foreach (var command in happens.Split("; "))
            await bluez.Report(command);
        await Eventually.Sees(
            $"the pulse after: {name}", () => Read(strap) is { } packet && packet.Flaws.HasFlag(HeartFlaws.AfterBreak), Bar);
    }

    [Fact]
    public async Task A_strangers_strap_is_never_called_however_near()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Stranger} Stranger");
        using var strap = Open(bluez);
        await bluez.Hears("StartDiscovery", 1);
        await bluez.Report($"strap {Ours} Polar_H10");
        await Eventually.Sees("our pulse", () => Read(strap) is { DeviceId: Ours }, Bar);

        Assert.Equal(0, await bluez.Count($"Connect {Stranger}"));
        var state = await bluez.State();
        Assert.Contains("0000180d-0000-1000-8000-00805f9b34fb", state, StringComparison.Ordinal);
        Assert.Contains("\"Transport\": \"le\"", state, StringComparison.Ordinal);
        await bluez.Hears("StopDiscovery", 1);
    }

    [Fact]
    public async Task Another_strap_of_ours_takes_over_under_its_own_name()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10");
        await bluez.Report($"strap {Second} Spare present=0");
        using var strap = Open(bluez, Settings with { Addresses = [Ours, Second] });
        await Eventually.Sees("the first strap", () => Read(strap) is { DeviceId: Ours }, Bar);

        await bluez.Report($"set {Ours} present=0");
        await bluez.Report($"set {Second} present=1");
        await Eventually.Sees("the second strap", () => Read(strap) is { DeviceId: Second }, Bar);
    }

    [Fact]
    public async Task What_is_known_of_a_strap_is_told()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10 battery=9");
        using var strap = Open(bluez);

        await Eventually.Sees(
            "battery and place", () =>
                strap.Status is { State: StrapState.Listening, Battery: 9, Location: "chest", Name: "Polar_H10", Address: Ours },
            Bar);
        await Eventually.Sees(
            "the low battery in the log", () => _log.All.Any(line => line.EndsWith("The battery of the strap Polar_H10 is low: 9 %.", StringComparison.Ordinal)), Bar);
        Assert.Equal(1, await bluez.Count("RegisterAgent NoInputNoOutput"));
        Assert.Equal(0, await bluez.Count("Pair"));
    }

    [Theory]
    [InlineData("BlueZ follows it", "daemon=1", 0)]
    [InlineData("the strap tells it", "tells=1", 1)]
    public async Task A_battery_that_empties_is_seen_at_once(string how, string strapIs, int subscriptions)
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10 battery=80 {strapIs}");
        using var strap = Open(bluez);
        await Eventually.Sees(
            $"the battery: {how}", () => strap.Status is { State: StrapState.Listening, Battery: 80, Location: "chest" }, Bar);
        Assert.Equal(subscriptions, await bluez.Count("StartNotify 2a19"));

        await bluez.Report($"set {Ours} battery=9");
        await Eventually.Sees($"the lower battery: {how}", () => strap.Status.Battery == 9, Bar);
    }

    [Fact]
    public async Task A_call_that_nobody_waits_for_any_more_is_taken_back()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10");
        using (Open(bluez)) await bluez.Hears($"Connect {Ours}", 1); // so BlueZ knows it
        await bluez.Hears("Disconnect", 1);

        await bluez.Report($"set {Ours} present=0");
        using (Open(bluez)) await bluez.Hears($"Connect {Ours}", 2);
        await bluez.Hears("Disconnect", 2);
    }

    [Fact]
    public async Task A_strap_that_refuses_to_bond_is_left_alone_for_a_minute()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10 needsbond=1 refuses=1");
        using var strap = Open(bluez);

        await Eventually.Sees(
            "the refusal", () => _log.All.Any(line => line.Contains("refuses to bond", StringComparison.Ordinal)), Bar);
        await bluez.Hears("Disconnect", 1);
        Assert.Equal(1, await bluez.Count("Pair"));
        Assert.Equal(1, await bluez.Count($"Connect {Ours}"));
    }

    [Fact]
    public async Task Bytes_of_any_kind_come_through_in_order()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10 beats=0");
        using var strap = Open(bluez, Settings with { Silence = TimeSpan.FromMinutes(1) });
        await bluez.Hears("StartNotify", 1);
        await bluez.Report($"send {Ours} 16480004 08 1600 10FF 143C0004 164A00040003 0F4800FFFF 1648");

        var heard = new List<string>();
        await Eventually.Sees("all eight", () =>
        {
            while (Read(strap) is { } packet) heard.Add(Describe(packet));
            return heard.Count >= 8;
        }, Bar);
        Assert.Equal(
            [
                "72 [1000] AfterBreak",
                "malformed",
                "no rate [] NoPulse",
                "no rate [] RateOutOfRange",
                "no rate [] StrapOff",
                "74 [1000 750] None",
                "72 [] None",
                "72 [] None",
            ],
            heard);
    }

    [Fact]
    public async Task A_contact_flag_that_lies_may_be_ignored()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10 beats=0");
        using var strap = Open(bluez, Settings with { IgnoreContact = true, Silence = TimeSpan.FromMinutes(1) });
        await bluez.Hears("StartNotify", 1);
        await bluez.Report($"send {Ours} 14480004");
        await Eventually.Sees(
            "the beat", () => Read(strap) is { BeatsPerMinute: 72, Contact: StrapContact.NotSupported, RrMs: [1000] }, Bar);
    }

    [Fact]
    public async Task Nobody_reads_and_the_newest_minute_is_kept()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10 beats=0");
        using var strap = Open(bluez, Settings with { Silence = TimeSpan.FromMinutes(1) });
        await bluez.Hears("StartNotify", 1);
        await bluez.Report($"send {Ours} {string.Join(' ', Enumerable.Range(0, 100).Select(i => $"00{40 + i:X2}"))}");
        await Eventually.Sees("the drop", () => strap.Dropped == 36, Bar);

        var first = Read(strap);
        Assert.Equal((76, HeartFlaws.AfterBreak), (first?.BeatsPerMinute, first?.Flaws));
        Assert.Equal((77, HeartFlaws.None), Read(strap) is { } next ? (next.BeatsPerMinute, next.Flaws) : default);
    }

    [Fact]
    public async Task Without_a_bus_it_says_so_once_and_waits_for_one()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.KillBusAsync();
        using var strap = Open(bluez);
        await Eventually.Sees("the lack of a bus", () => strap.Status.State == StrapState.NoBus, Bar);

        await bluez.StartBusAsync();
        await Eventually.Sees("the lack of bluetoothd", () => strap.Status.State == StrapState.NoBluetooth, Bar);
        await bluez.Report("start");
        await bluez.Report($"strap {Ours} Polar_H10");
        await Eventually.Sees("the pulse", () => Read(strap) is not null, Bar);
        Assert.Single(_log.All, line => line.Contains("D-Bus", StringComparison.Ordinal));
        Assert.Single(_log.All, line => line.Contains("bluetoothd does not run", StringComparison.Ordinal));

        await bluez.KillBusAsync();
        await bluez.StartBusAsync();
        await bluez.Report("start");
        await bluez.Report($"strap {Ours} Polar_H10");
        await Eventually.Sees(
            "the pulse after the bus was lost",
            () => Read(strap) is { } packet && packet.Flaws.HasFlag(HeartFlaws.AfterBreak),
            Bar);
    }

    [Fact]
    public async Task A_blocked_radio_is_named()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report("off");
        await bluez.Report("block 1");
        using var strap = Open(bluez);
        await Eventually.Sees(
            "what to do", () => _log.All.Any(line => line.Contains("rfkill unblock bluetooth", StringComparison.Ordinal)), Bar);
    }

    [Fact]
    public async Task On_leaving_it_hangs_up_what_it_called_and_nothing_else()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10");
        using (var strap = Open(bluez)) await Eventually.Sees("the pulse", () => Read(strap) is not null, Bar);
        await bluez.Hears("Disconnect", 1);

        await bluez.Report($"join {Ours}"); // by somebody else
        using (var strap = Open(bluez)) await Eventually.Sees("the pulse", () => Read(strap) is not null, Bar);
        Assert.Contains($"\"connected\": [\"{Ours}\"]", await bluez.State(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packets_lie_on_the_loops_clock_at_the_time_they_came()
    {
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10");
        using var strap = Open(bluez);
        await Eventually.Sees("some packets", () => strap.Status.State == StrapState.Listening, Bar);

        var loop = TimeSpan.FromHours(3); // the loop has been running for longer than the strap
        var last = TimeSpan.Zero;
        for (var heard = 0; heard < 20; loop += TimeSpan.FromMilliseconds(10))
        {
            while (strap.TryRead(loop, out var at, out _))
            {
                Assert.InRange(at, last, loop);
                (last, heard) = (at, heard + 1);
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }

    private static BluetoothSettings Settings => new() { Addresses = [Ours], Silence = TimeSpan.FromSeconds(1) };

    private BluezStrap Open(FakeBluez bluez, BluetoothSettings? settings = null) =>
        BluezStrap.Open(settings ?? Settings, null, TimeProvider.System, _log, bluez.Address);

    private static HeartPacket? Read(BluezStrap strap) =>
        strap.TryRead(TimeSpan.MaxValue / 2, out _, out var packet) ? packet : null;

    private static string Describe(HeartPacket packet) =>
        packet.Malformed
            ? "malformed"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(packet.BeatsPerMinute is { } bpm ? $"{bpm}" : "no rate")} [{string.Join(' ', packet.RrMs)}] {packet.Flaws}");
}
