using System.Globalization;
using System.Text;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Web;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Commands;

/// <summary>What a demo or a simulation came to, as a page of a terminal.</summary>
internal static class DemoReport
{
    private const int NewestAlerts = 5;

    /// <param name="driven">Vehicle hours.</param>
    public static string OfSending(SimulatedFleet fleet, double driven, TimeSpan took) => Lines(
    [
        ("driven", $"{driven:#,0.#} vehicle hours in {took.TotalSeconds:0.0} s, {fleet.Connections:#,0} connections"),
        ("messages", $"{fleet.Messages:#,0}, {fleet.Messages / driven:0.0} an hour of a vehicle; {fleet.Messages / took.TotalSeconds:#,0}/s"),
        ("events", $"{fleet.Events:#,0}, {fleet.Events / driven:0.0} an hour of a vehicle; all acknowledged"),
        ("bytes", $"{fleet.Bytes:#,0}, {fleet.Bytes / driven / 1024:0.0} KiB an hour of a vehicle, without TCP and TLS"),
    ]);

    /// <summary>What is in the tables; whether it is all that was sent, and each once.</summary>
    public static async Task<(string Text, bool IsWhole)> OfStoreAsync(
        FleetDatabase database, SimulatedFleet fleet, int vehicles, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var rows = await connection.ReadAsync(
            """
            select case when type between 1 and 4 then 'alerts' when type = 11 then 'trips' else 'others' end, count(*),
              count(distinct vehicle_id)
            from event group by 1 order by 1
            """,
            row => (What: row.GetString(0), Count: row.GetInt64(1), Vehicles: row.GetInt64(2)), stop);
        var episodes = await connection.ScalarAsync<long>("select count(*) from episode", stop);
        var findings = await connection.ScalarAsync<long>("select count(*) from finding", stop);
        var stored = rows.Sum(row => row.Count);
        var reached = rows.Select(row => row.Vehicles).DefaultIfEmpty().Max();
        var isWhole = stored == fleet.Events && reached == vehicles;
        var text = new StringBuilder(Lines(
        [
            ("stored", $"{stored:#,0} events of {reached:#,0} vehicles"),
            .. rows.Select(row => ("", (FormattableString)$"  {row.Count,9:#,0}  {row.What}")),
            ("", $"  {episodes,9:#,0}  episodes, {findings:#,0} findings"),
        ]));
        text.Append('\n').Append(await NewestAsync(database, stop)).Append('\n');
        text.Append(isWhole
            ? string.Create(CultureInfo.InvariantCulture, $"  Every one of {fleet.Events:#,0} events is stored, once.\n")
            : string.Create(CultureInfo.InvariantCulture, $"  MISSING: {fleet.Events:#,0} events were sent, {stored:#,0} are stored.\n"));
        return (text.ToString(), isWhole);
    }

    /// <summary>Stress and anger are shown of no single vehicle.</summary>
    private static async Task<string> NewestAsync(FleetDatabase database, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        var alerts = await connection.ReadAsync(
            "select v.name, p.kind, p.rule, p.top_level, p.raised_at, p.cleared_at from episode p join vehicle v on v.id = p.vehicle_id "
                + $"where p.raised_at is not null and p.kind not in ({(int)EventKind.Stress}, {(int)EventKind.Anger}) "
                + "order by p.last_at desc limit @limit",
            row => (
                Vehicle: row.GetString(0), Kind: Names.Of((EventKind)row.GetInt16(1)), Rule: row.GetString(2),
                Level: row.GetInt16(3), At: row.Time(4), Ended: row.TimeOrNull(5)), stop, ("limit", NewestAlerts));
        var text = new StringBuilder("  newest alerts\n");
        foreach (var one in alerts)
        {
            var end = one.Ended is { } ended ? $"cleared after {(ended - one.At).TotalSeconds:0} s" : "still on";
            text.Append(CultureInfo.InvariantCulture,
                $"  {one.At:HH:mm:ss}  {one.Vehicle}  {one.Kind,-11}  level {one.Level}  {one.Rule.Replace('_', ' '),-14}  {end}\n");
        }

        return text.ToString();
    }

    private static string Lines(IEnumerable<(string Name, FormattableString Text)> lines)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in lines)
            text.Append(CultureInfo.InvariantCulture, $"  {name,-10}{value.ToString(CultureInfo.InvariantCulture)}\n");
        return text.ToString();
    }
}
