using System.Data.Common;
using System.Globalization;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Rates;

/// <summary>Sums up the hours of a tenant.</summary>
internal sealed class TrendReader(FleetDatabase database)
{
    /// <param name="tenant">Whose.</param>
    /// <returns>The sums, and the fewest vehicles that a figure of this tenant may speak of.</returns>
    public async Task<(IReadOnlyList<TrendSums> Sums, int Floor)> ReadAsync(int tenant, TrendQuery asked, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var floor = await connection.ScalarAsync<int>("select floor from tenant where id = @tenant", stop, ("tenant", tenant));
        var reviews = asked.Measure == "false" ? await ReviewsAsync(connection, tenant, asked, stop) : [];
        var sums = await HoursAsync(connection, tenant, asked, stop);
        return (
            [.. sums.Select(one => reviews.TryGetValue((one.Start, one.Group), out var review)
                ? one with { Reviewed = review.Reviewed, False = review.False } : one)], Math.Max(floor, SmallestFloor));
    }

    /// <summary>A tenant may ask for more, never for less.</summary>
    private const int SmallestFloor = 5;

    private async Task<IReadOnlyList<TrendSums>> HoursAsync(
        DbConnection connection, int tenant, TrendQuery asked, CancellationToken stop)
    {
        string Sum(string column) => string.Join(" + ", asked.Kinds.Select(kind => $"coalesce(sum({Field(column, Names.Of(kind))}), 0)"));
        return await connection.ReadAsync(
            $"""
            select {StartOf("h.at", asked)}, {GroupOf(asked)}, count(distinct case when h.driven_s > 0 or length(h.raised) > 2 then h.vehicle_id end),
              coalesce(sum(h.driven_s), 0), coalesce(sum({Field("judged_s", asked.Judged)}), 0), {Sum("raised")}, {Sum("disputed")}
            from hour h join vehicle v on v.id = h.vehicle_id
            where v.tenant_id = @tenant and h.at >= @from and h.at < @to group by 1, 2 order by 1, 2
            """,
            row => new TrendSums(
                row.GetInt64(0), row.GetString(1), (int)row.GetInt64(2), row.Sum(3), row.Sum(4), row.Sum(5), row.Sum(6), 0, 0),
            stop, ("tenant", tenant), ("from", asked.From), ("to", asked.To));
    }

    private static async Task<Dictionary<(long, string), (long Reviewed, long False)>> ReviewsAsync(
        DbConnection connection, int tenant, TrendQuery asked, CancellationToken stop)
    {
        var kinds = string.Join(',', asked.Kinds.Select(kind => ((int)kind).ToString(CultureInfo.InvariantCulture)));
        var rows = await connection.ReadAsync(
            $"""
            select {StartOf("p.last_at", asked)}, {GroupOf(asked)}, count(*), sum(case when p.review = 'false' then 1 else 0 end)
            from episode p join vehicle v on v.id = p.vehicle_id
            where v.tenant_id = @tenant and p.last_at >= @from and p.last_at < @to and p.kind in ({kinds})
              and p.review in ('true', 'false', 'unclear')
            group by 1, 2
            """,
            row => (Key: (row.GetInt64(0), row.GetString(1)), Value: (row.GetInt64(2), row.Sum(3))), stop,
            ("tenant", tenant), ("from", asked.From), ("to", asked.To));
        return rows.ToDictionary(row => row.Key, row => row.Value);
    }

    private static string StartOf(string at, TrendQuery asked)
    {
        var width = asked.Bucket == "day" ? TrendBucket.Day : TrendBucket.Week;
        var first = TrendBucket.WeekOf(asked.From);
        return string.Create(CultureInfo.InvariantCulture, $"({at} - {first}) / {width} * {width} + {first}");
    }

    private static string GroupOf(TrendQuery asked) => asked.Group switch { "label" => "v.label", "version" => "v.version", _ => "''" };

    private string Field(string column, string name) => database.IsPostgres
        ? $"(h.{column}::jsonb->>'{name}')::bigint"
        : $"json_extract(h.{column}, '$.\"{name}\"')";
}
