using System.Collections.Immutable;
using DriverMonitor.Core.Commands;

namespace DriverMonitor.Core.Tests.Commands;

public sealed class CommandReplayGuardTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly SignedCommand Order = new(
        "a1",
        "acme/veh-0001",
        5,
        Noon,
        "ops-1",
        new FleetCommand.LocateFault(),
        [],
        []);

    [Fact]
    public void Only_orders_for_this_vehicle_with_a_known_key_are_worth_a_look()
    {
        var guard = Guard();
        Assert.Null(guard.CheckAddress(Order));
        foreach (var to in new[] { "acme/veh-0002", "beta/veh-0001", "veh-0002", "acme/", "/veh-0001", "acme", "veh-0001/acme" })
            Assert.Equal(CommandRefusal.OtherVehicle, guard.CheckAddress(Order with { To = to }));
        Assert.Equal(CommandRefusal.UnknownSigner, guard.CheckAddress(Order with { KeyId = "ops-9" }));
    }

    [Fact]
    public void A_key_signs_what_it_may_and_nothing_else()
    {
        var guard = Guard();
        var mark = Order with { KeyId = "mark-1", Order = new FleetCommand.HighWaterMark(1, 2, []) };
        Assert.Null(guard.CheckAddress(mark));
        foreach (
            FleetCommand other in new FleetCommand[]
            {
                new FleetCommand.EraseDriver("anna"),
                new FleetCommand.ExportDriver("anna", ""),
                new FleetCommand.Configure([]),
                new FleetCommand.LocateFault(),
            }
        )
            Assert.Equal(CommandRefusal.OutOfScope, guard.CheckAddress(mark with { Order = other }));
    }

    [Fact]
    public void An_address_without_a_tenant_is_read_and_known_for_one()
    {
        var guard = Guard();
        Assert.Null(guard.CheckAddress(Order with { To = "veh-0001" }));
        Assert.True(guard.IsWithoutTenant(Order with { To = "veh-0001" }));
        Assert.False(guard.IsWithoutTenant(Order));
    }

    [Fact]
    public void A_counter_is_good_once_and_those_below_it_never()
    {
        var guard = Guard(("ops-1", 4));
        Assert.Null(guard.Admit(Order, At(0), Noon));
        Assert.Equal(CommandRefusal.Replayed, guard.Admit(Order, At(1), Noon));
        Assert.Equal(CommandRefusal.Replayed, guard.Admit(Order with { Counter = 3 }, At(2), Noon));
        Assert.Null(guard.Admit(Order with { Counter = 900 }, At(3), Noon));
    }

    [Fact]
    public void Each_key_counts_for_itself()
    {
        var guard = Guard(("ops-1", 400));
        Assert.Null(guard.Admit(Order with { KeyId = "ops-2", Counter = 1 }, At(0), Noon));
        Assert.Equal(400, guard.Counters["ops-1"]);
    }

    [Fact]
    public void An_order_out_of_date_is_refused_and_its_counter_not_used_up()
    {
        var guard = Guard();
        Assert.Equal(CommandRefusal.Expired, guard.Admit(Order, At(0), Noon.AddSeconds(1)));
        Assert.Null(guard.Admit(Order, At(1), Noon));
    }

    [Fact]
    public void Without_a_clock_to_trust_the_counter_alone_must_do() => Assert.Null(Guard().Admit(Order, At(0), now: null));

    [Fact]
    public void Ten_orders_a_minute_are_obeyed_and_the_eleventh_may_come_again_later()
    {
        var guard = Guard();
        for (var i = 1; i <= CommandReplayGuard.MostObeyedAMinute; i++)
            Assert.Null(guard.Admit(Order with { Counter = i }, At(i), Noon));
        Assert.Equal(CommandRefusal.Flooded, guard.Admit(Order with { Counter = 11 }, At(30), Noon));
        Assert.Null(guard.Admit(Order with { Counter = 11 }, At(61), Noon));
    }

    [Fact]
    public void A_flood_of_messages_is_not_even_read()
    {
        var guard = Guard();
        Assert.Equal(
            CommandReplayGuard.MostReadAMinute,
            Enumerable.Range(0, 500).Count(i => guard.MayRead(TimeSpan.FromMilliseconds(i * 100))));
        Assert.True(guard.MayRead(At(61)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static CommandReplayGuard Guard(params (string Key, long Last)[] last) =>
        new(
            "acme/veh-0001",
            new Dictionary<string, IReadOnlySet<string>>
            {
                ["ops-1"] = FleetCommand.Names.ToHashSet(),
                ["ops-2"] = FleetCommand.Names.ToHashSet(),
                ["mark-1"] = new HashSet<string> { "hwm", "resend" },
            },
            last.ToImmutableDictionary(one => one.Key, one => one.Last));
}
