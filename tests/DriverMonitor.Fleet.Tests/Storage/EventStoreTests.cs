using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Storage;

/// <summary>What both stores promise, each against the real one.</summary>
public sealed class EventStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Vehicle _vehicle = new();

    public static TheoryData<string> Kinds => ["sqlite", "postgres"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_event_is_stored_once_whoever_brings_it_and_how_often(string kind)
    {
        var address = await Stores.AddressAsync(kind, _folder);
        await using var one = Stores.Open(address);
        await using var other = Stores.Open(address);
        await one.MigrateAsync(default);
        FleetEvent[] events = [.. Enumerable.Range(1, 50).Select(seq => _vehicle.Alert(seq))];

        var first = await one.PutAsync(Vehicle.Batch([.. events, .. events[..10]]), default);
        var again = await other.PutAsync(Vehicle.Batch([.. events, _vehicle.Alert(51)]), default);

        Assert.Equal((50, 10), (first.New.Count, first.Repeats));
        Assert.Equal((1, 50), (again.New.Count, again.Repeats));
        Assert.Equal(51, again.New[0].Seq);
        Assert.Equal(51L, await ScalarAsync(one, "select count(*) from event"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Two_tenants_may_both_own_a_vehicle_of_one_name(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        await store.PutAsync(Vehicle.Batch(_vehicle.Alert(1), new Vehicle(tenant: "beta").Alert(1)), default);

        Assert.Equal(2L, await ScalarAsync(store, "select count(*) from event"));
        Assert.Equal(2L, await ScalarAsync(store, "select count(*) from vehicle where name = 'veh-0001'"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_number_with_two_stamps_is_two_rows(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        var one = _vehicle.Alert(1);
        var result = await store.PutAsync(Vehicle.Batch(one, one with { At = one.At + 1 }), default);

        Assert.Equal(2, result.New.Count);
        Assert.Equal(1L, await ScalarAsync(store, "select count(*) from finding where kind = 1 and first = 1 and last = 1"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_copied_disk_s_numbers_are_found_also_by_a_receiver_that_just_started(string kind)
    {
        var address = await Stores.AddressAsync(kind, _folder);
        await using var one = Stores.Open(address);
        await one.MigrateAsync(default);
        FleetEvent[] events = [.. Enumerable.Range(1, 9).Select(seq => _vehicle.Alert(seq))];
        await one.PutAsync(Vehicle.Batch(events), default);

        await using var other = Stores.Open(address);
        await other.PutAsync(Vehicle.Batch([.. events, events[7] with { At = events[7].At + 60_000 }, _vehicle.Alert(10)]), default);

        Assert.Equal(1L, await ScalarAsync(one, "select count(*) from finding"));
        Assert.Equal(1L, await ScalarAsync(one, "select count(*) from finding where first = 8 and detail like '%two stamps%'"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_a_vehicle_s_privacy_level_does_not_tell_is_not_kept(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        VehicleMessages Level(WireLevel level) => new("acme", "veh-0001", 0x5f1c9a2e77b04d10, 7, Vehicle.Start, level);
        (string, byte[]) Measured(int seq) => Level(WireLevel.P2).Alert(seq, TimeSpan.FromSeconds(seq), AlertPhase.Raised, seq);

        await store.PutAsync(Vehicle.Batch(Measured(1)), default); // before it said any level
        await store.PutAsync(Vehicle.Batch(Level(WireLevel.P1).Online(), Measured(2)), default);
        await store.PutAsync(Vehicle.Batch(Measured(3)), default);
        Assert.Equal(0L, await ScalarAsync(store, "select count(*) from event where body like '%\"v\":%'"));
        Assert.Equal(3L, await ScalarAsync(store, "select count(*) from event where body like '%\"th\":%'"));
        Assert.Equal(3L, await ScalarAsync(store, "select count(*) from finding where kind = 1 and detail like '%P1 does not tell%'"));

        await store.PutAsync(Vehicle.Batch(Level(WireLevel.P2).Online(), Measured(4)), default);
        await store.PutAsync(Vehicle.Batch(Measured(5)), default);
        Assert.Equal(2L, await ScalarAsync(store, "select count(*) from event where body like '%\"v\":%' and seq >= 4"));

        await store.PutAsync(Vehicle.Batch(Level(WireLevel.P0).Online(), Measured(6)), default);
        Assert.Equal(1L, await ScalarAsync(store, "select count(*) from event where body = '{}' and kind = 0 and seq = 6"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_audit_log_only_grows(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);

        // name                       entries  hash ends with  found
        (string Story, int Entries, char End, int Found)[] story =
        [
            ("the first head", 7, '5', 0),
            ("an hour in which nothing was written", 7, '5', 0),
            ("it grew", 9, '6', 0),
            ("written anew to the same length", 9, '7', 1),
            ("cut", 3, '1', 1),
            ("and grown again", 4, '2', 0),
        ];
        var seq = 0;
        foreach (var (name, entries, end, found) in story)
        {
            var (topic, body) = _vehicle.Says.AuditHead(++seq, TimeSpan.FromHours(seq), entries);
            var text = System.Text.Encoding.UTF8.GetString(body).Replace("5\"}", $"{end}\"}}", StringComparison.Ordinal);
            var before = await ScalarAsync(store, "select count(*) from finding where kind = 5");
            await store.PutAsync(Vehicle.Batch((topic, System.Text.Encoding.UTF8.GetBytes(text))), default);
            Assert.Equal((name, found), (name, (int)(await ScalarAsync(store, "select count(*) from finding where kind = 5") - before)));
        }

        Assert.Equal(6L, await ScalarAsync(store, "select count(*) from audit_head"));
        Assert.Equal(9L, await ScalarAsync(store, "select max(entries) from audit_head"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_episode_is_one_row_whatever_the_order_of_its_events(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        await store.PutAsync(Vehicle.Batch(_vehicle.Alert(3, AlertPhase.Cleared)), default);
        await store.PutAsync(
            Vehicle.Batch(_vehicle.Alert(1), Vehicle.Read(_vehicle.Says.Dispute(4, TimeSpan.FromSeconds(4), 1)).Event!), default);

        var at = Vehicle.Start.ToUnixTimeMilliseconds();
        Assert.Equal(1L, await ScalarAsync(store, "select count(*) from episode"));
        Assert.Equal(at + 1_000, await ScalarAsync(store, "select raised_at from episode"));
        Assert.Equal(at + 3_000, await ScalarAsync(store, "select cleared_at from episode"));
        Assert.Equal(at + 4_000, await ScalarAsync(store, "select disputed_at from episode"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_old_last_will_never_marks_a_newer_session_lost(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        var before = new Vehicle(boot: 6);
        var reborn = new Vehicle(epoch: 0x1111, boot: 1);

        // name                              what comes                    what stands
        (string Story, (string, byte[]) Message, string Status)[] story =
        [
            ("born", _vehicle.Says.Online(), "online"),
            ("will of the run before", before.Says.Lost(), "online"),
            ("birth of the run before", before.Says.Online(), "online"),
            ("its own will", _vehicle.Says.Lost(), "lost"),
            ("back in the same run", _vehicle.Says.Online(), "online"),
            ("farewell", _vehicle.Says.Offline(), "offline"),
            ("a new queue counts starts anew", reborn.Says.Online(), "online"),
            ("will of the old queue", _vehicle.Says.Lost(), "online"),
        ];
        foreach (var (name, message, status) in story)
        {
            await store.PutAsync(Vehicle.Batch(message), default);
            await using var connection = await store.Database.OpenAsync(FleetDatabase.EveryTenant, default);
            Assert.Equal((name, status), (name, await connection.ScalarAsync<string>("select status from vehicle_now", default)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_newest_state_stands_and_an_older_one_that_comes_late_does_not(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        await store.PutAsync(Vehicle.Batch(_vehicle.Says.Online(), _vehicle.Says.State(5, alert: 3)), default);
        await store.PutAsync(Vehicle.Batch(_vehicle.Says.State(4, alert: 1)), default);
        await store.PutAsync(Vehicle.Batch(new Vehicle(boot: 6).Says.State(9, alert: 2)), default);

        Assert.Equal(3L, await ScalarAsync(store, "select alert from vehicle_now"));
        await store.PutAsync(
            Vehicle.Batch(_vehicle.Says.State(6, alert: 0), _vehicle.Says.Health(TimeSpan.FromHours(2), 3)), default);
        Assert.Equal(0L, await ScalarAsync(store, "select alert from vehicle_now"));
        Assert.Equal(1L, await ScalarAsync(store, "select count(*) from hour where health like '%\"upS\":7200%'"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_clockfix_puts_the_times_of_its_run_right_before_and_after_it(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        await store.PutAsync(
            Vehicle.Batch(
                _vehicle.Alert(1, clock: WireClock.Floor), _vehicle.Alert(2),
                new Vehicle(boot: 6).Alert(3, clock: WireClock.Unset)),
            default);
        await store.PutAsync(Vehicle.Batch(_vehicle.Says.ClockFix(5, TimeSpan.FromSeconds(50))), default);
        await store.PutAsync(Vehicle.Batch(_vehicle.Alert(4, clock: WireClock.Unset)), default);

        var start = Vehicle.Start.ToUnixTimeMilliseconds();
        Assert.Equal(start + 1_000, await ScalarAsync(store, "select happened_at from event where seq = 1"));
        Assert.Equal(1L, await ScalarAsync(store, "select count(*) from event where seq = 2 and happened_at is null"));
        Assert.Equal(1L, await ScalarAsync(store, "select count(*) from event where seq = 3 and happened_at is null"));
        Assert.Equal(start + 4_000, await ScalarAsync(store, "select happened_at from event where seq = 4"));
        Assert.Equal(4_000L, await ScalarAsync(store, "select at from event where seq = 4"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Findings_and_gaps_are_kept_with_their_numbers(string kind)
    {
        await using var store = await Stores.OpenAsync(kind, _folder);
        var gap = Vehicle.Batch(_vehicle.Says.Gap(9, TimeSpan.FromSeconds(9), 3, 7));
        await store.PutAsync(gap, default);
        await store.PutAsync(gap, default);
        await store.PutAsync(
            new(Vehicle.ReceivedAt, [], [new(EventReader.Nobody, 1, FindingKind.Contract, "no vehicle writes on x")], []), default);

        Assert.Equal(1L, await ScalarAsync(store, "select count(*) from finding where kind = 2 and first = 3 and last = 7"));
        Assert.Equal(1L, await ScalarAsync(store, "select count(*) from finding where kind = 1"));
    }

    [Fact]
    public async Task A_server_that_is_gone_is_said_and_the_same_batch_goes_in_later()
    {
        await using var store = await Stores.OpenAsync("postgres", _folder);
        await store.PutAsync(Vehicle.Batch(_vehicle.Alert(1)), default);
        await using (var admin = await store.Database.OpenAsync(FleetDatabase.EveryTenant, default))
        {
            await admin.ExecuteAsync(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
                default);
        }

        var batch = Vehicle.Batch(_vehicle.Alert(1), _vehicle.Alert(2));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.PutAsync(batch, default));
        Assert.Single((await store.PutAsync(batch, default)).New);
    }

    [Fact]
    public async Task A_session_of_one_tenant_sees_no_other_one_s_rows_whatever_it_asks()
    {
        await using var store = await Stores.OpenAsync("postgres", _folder);
        await store.PutAsync(Vehicle.Batch(_vehicle.Alert(1), new Vehicle(tenant: "beta").Alert(1)), default);
        await using var all = await store.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        var acme = await all.ScalarAsync<int>("select id from tenant where name = 'acme'", default);

        await using var connection = await store.Database.OpenAsync(acme, default);
        foreach (var table in new[] { "event", "episode", "vehicle" })
            Assert.Equal(1L, await connection.ScalarAsync<long>($"select count(*) from {table}", default));
        await connection.ExecuteAsync("select set_config('drivermonitor.tenant', '', false)", default);
        Assert.Equal(0L, await connection.ScalarAsync<long>("select count(*) from event", default));
    }

    private static async Task<long> ScalarAsync(IEventStore store, string sql)
    {
        await using var connection = await store.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        return await connection.ScalarAsync<long>(sql, default);
    }
}
