using System.Globalization;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Load;

/// <summary>What a fleet has behind it: a week of driven hours, and 90 days of alerts of which some were disputed or reviewed.</summary>
internal static class History
{
    private const int EpisodesEach = 50, HoursEach = 56;

    private const long HourMs = 3_600_000L;

    public static async Task WriteAsync(FleetDatabase database, int vehicles)
    {
        var names = string.Join(',', Enumerable.Range(1, vehicles).Select(number => $"('{SimulatedFleet.NameOf(number)}')"));
        var now = Seed.Now / HourMs * HourMs;
        string Count(int to) => string.Create(
            CultureInfo.InvariantCulture, $"with recursive n(i) as (select 0 union all select i + 1 from n where i < {to - 1})");
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, default);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("insert into tenant (name) values ('demo')", default);
        await connection.ExecuteAsync(
            $"insert into vehicle (tenant_id, name, privacy, version, label, first_at) select 1, column1, 1, '1.2.0', 'depot', @first from (values {names}) as v",
            default, ("first", now - (90 * 24 * HourMs)));
        await connection.ExecuteAsync(
            "insert into certificate (serial, tenant_id, vehicle_id, name, issued_at, expires_at) "
                + "select 's' || id, 1, id, name, @now, @end from vehicle", default, ("now", now), ("end", now + (300 * 24 * HourMs)));
        // Eight hours of every day, then night.
        await connection.ExecuteAsync(
            Count(HoursEach) + " insert into hour (vehicle_id, at, driven_s, judged_s, raised) "
                + "select v.id, @now - ((n.i / 8) * 24 + n.i % 8) * @hour, 3000, @judged, @raised from vehicle v cross join n", default,
            ("now", now), ("hour", HourMs), ("judged", """{"any":2900,"fatigue":2800,"distraction":2700}"""),
            ("raised", """{"fatigue":1,"distraction":2}"""));
        await connection.ExecuteAsync(
            Count(EpisodesEach) + " insert into episode (vehicle_id, epoch, episode, kind, rule, raised_at, cleared_at, last_at, top_level, disputed_at, review) "
                + "select v.id, 1, '1-' || n.i, 1 + n.i % 2, case n.i % 3 when 0 then 'eyes_closed' when 1 then 'phone' else 'long_look_away' end, "
                + "@now - (n.i * 43 + v.id % 43) * @hour, @now - (n.i * 43 + v.id % 43) * @hour + 5000, @now - (n.i * 43 + v.id % 43) * @hour + 5000, 3, "
                + "case when (v.id + n.i) % 40 = 0 then @now - n.i * @hour end, case when (v.id + n.i) % 20 = 0 then 'true' when (v.id + n.i) % 33 = 0 then 'false' end "
                + "from vehicle v cross join n", default, ("now", now), ("hour", HourMs));
        await connection.ExecuteAsync(
            "insert into finding (vehicle_id, at, kind, detail) select id, @now, 2, '100 to 140: quota' from vehicle where id % 10 = 0", default, ("now", now));
        await transaction.CommitAsync();
        await connection.ExecuteAsync(database.IsPostgres ? "analyze" : "pragma optimize", default);
    }
}
