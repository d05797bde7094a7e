using System.Text.Json.Nodes;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.RemoteCommands;

/// <summary>The fleet's half is small, but other tests lean on it.</summary>
public sealed class FleetDoubleTests
{
    [Theory]
    [InlineData("1 2 3", 3, 3, "", 0)]
    [InlineData("1 1 2 2", 2, 2, "", 2)]
    [InlineData("3 1", 1, 3, "2-2", 0)]
    [InlineData("3 1 2", 3, 3, "", 0)]
    [InlineData("5 9 7 6", 0, 9, "1-4 8-8", 0)]
    [InlineData("1 2 3 2 1 4", 4, 4, "", 2)]
    public void Numbers_are_counted_once_and_gaps_are_known(string come, long mark, long highest, string missing, int repeats)
    {
        var tally = new SeqTally();
        var again = come.Split(' ').Count(seq => !tally.Take(long.Parse(seq, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal((mark, highest, missing, repeats),
            (tally.Mark, tally.Highest, string.Join(' ', tally.Missing().Select(range => $"{range.From}-{range.To}")), again));
    }

    [Fact]
    public void Memory_is_bounded_however_much_is_missing()
    {
        var tally = new SeqTally();
        for (long seq = 2; seq < 40_000; seq += 2) tally.Take(seq);
        Assert.InRange(tally.Missing().Count(), 1, 4_097);
    }

    [Theory]
    [InlineData(7, "unset", "2026-11-22T11:59:50Z")]
    [InlineData(7, "floor", "2026-11-22T11:59:50Z")]
    [InlineData(7, "synced", "1970-01-01T00:00:10Z")]
    [InlineData(6, "unset", "1970-01-01T00:00:10Z")]
    public void What_was_stamped_without_a_clock_is_stamped_again(int boot, string clock, string time)
    {
        var happened = new FleetEvent(
            "veh-0001",
            "5f1c9a2e77b04d10",
            1,
            "io.dms.alert.raised.v1",
            boot,
            10_000,
            DateTimeOffset.UnixEpoch.AddSeconds(10),
            clock,
            new JsonObject());
        Assert.Equal(
            DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
            FleetDouble.Restamp(happened, boot: 7, mono: 20_000, new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task It_takes_every_event_of_a_vehicle_once()
    {
        using var key = new FleetKey();
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetDouble.StartAsync(broker.Address, key);
        await using var vehicle = new TestVehicle(broker.Address.Port);
        vehicle.EmitAlerts(50);

        await Eventually.Sees("50 events", () => fleet.Events.Count == 50);
        var tally = fleet.TallyOf("veh-0001", vehicle.Uplink.Identity.EpochText);
        Assert.Equal((50L, 0, 0), (tally.Mark, tally.Missing().Count(), fleet.Repeats));
    }
}
