using System.Data.Common;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Rates;

/// <summary>
/// How much of a vehicle's driving could be judged, and of which hours nothing is known. It tells of devices, never of persons.
/// </summary>
internal sealed class CoverageReader(FleetDatabase database)
{
    /// <param name="names">Of the vehicles that are asked for, this tenant's.</param>
    public async Task<IReadOnlyDictionary<string, CoverageSums>> ReadAsync(
        int tenant, IReadOnlyList<string> names, long from, long to, CancellationToken stop)
    {
        if (names.Count == 0) return new Dictionary<string, CoverageSums>();
        await using var connection = await database.OpenAsync(tenant, stop);
        // Names come from the store; a range takes a page of them, whatever lies between.
        var rows = await connection.ReadAsync(
            $"""
            select v.name, v.first_at, {Sums}, (select coalesce(sum(f.last - f.first + 1), 0) from finding f
              where f.vehicle_id = v.id and f.kind = {(int)FindingKind.Gap} and f.at >= @from and f.at < @to
                and f.first is not null)
            from vehicle v left join hour h on h.vehicle_id = v.id and h.at >= @from and h.at < @to
            where v.tenant_id = @tenant and v.name >= @first and v.name <= @last group by v.id, v.name, v.first_at
            """,
            row => (Name: row.GetString(0), Sums: ToSums(row, from, to)), stop,
            ("tenant", tenant), ("from", from), ("to", to), ("first", names[0]), ("last", names[^1]));
        return rows.ToDictionary(row => row.Name, row => row.Sums);
    }

    /// <summary>One vehicle, a row a day.</summary>
    public async Task<IReadOnlyList<CoverageDay>> DaysAsync(int tenant, int vehicle, long from, long to, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        return await connection.ReadAsync(
            $"""
            select h.at / {TrendBucket.Day} * {TrendBucket.Day}, {Sums} from hour h join vehicle v on v.id = h.vehicle_id
            where v.tenant_id = @tenant and h.vehicle_id = @vehicle and h.at >= @from and h.at < @to group by 1 order by 1
            """,
            row => new CoverageDay(
                row.Time(0), row.Sum(1), Share(row, 2), Share(row, 3), (int)row.Sum(4)),
            stop, ("tenant", tenant), ("vehicle", vehicle), ("from", from), ("to", to));

        static double? Share(DbDataReader row, int column) => CoverageSums.Share(row.Sum(column), row.Sum(1));
    }

    private string Sums =>
        $"coalesce(sum(h.driven_s), 0), coalesce(sum({Field("fatigue")}), 0), coalesce(sum({Field("distraction")}), 0), count(h.at)";

    private string Field(string name) => database.IsPostgres
        ? $"(h.judged_s::jsonb->>'{name}')::bigint"
        : $"json_extract(h.judged_s, '$.{name}')";

    private static CoverageSums ToSums(DbDataReader row, long from, long to)
    {
        var (driven, heard) = (row.Sum(2), (int)row.Sum(5));
        // Before it was first heard of nothing is missing.
        var known = Math.Max(from, row.Sum(1));
        var hours = (int)Math.Max(0, (to - known + HourCounter.Hour - 1) / HourCounter.Hour);
        return new(
            driven, CoverageSums.Share(row.Sum(3), driven), CoverageSums.Share(row.Sum(4), driven), heard,
            Math.Max(0, hours - heard), row.Sum(6));
    }
}

/// <summary>What is known of a vehicle's driving in a stretch of time.</summary>
/// <param name="DrivenS">Seconds of its trips.</param>
/// <param name="Fatigue">Share of them in which fatigue could be judged, 0 to 1; null where it did not drive.</param>
/// <param name="HoursHeard">Hours from which anything came.</param>
/// <param name="HoursUnknown">Hours from which nothing came: parked, out of reach, or lost.</param>
/// <param name="Lost">Events that it says are lost.</param>
internal sealed record CoverageSums(
    long DrivenS, double? Fatigue, double? Distraction, int HoursHeard, int HoursUnknown, long Lost)
{
    public static double? Share(long judged, long driven) =>
        driven == 0 ? null : Math.Round(Math.Min(1, (double)judged / driven), 3);
}

/// <summary>A day (UTC) of one vehicle.</summary>
internal sealed record CoverageDay(DateTimeOffset Day, long DrivenS, double? Fatigue, double? Distraction, int HoursHeard);
