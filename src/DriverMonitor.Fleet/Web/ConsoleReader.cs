using DriverMonitor.Fleet.Rates;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Web;

/// <summary>Counts of one tenant for the console: of vehicles' states, of reviews, of disputes, of what is kept.</summary>
internal sealed class ConsoleReader(
    FleetDatabase database, FleetOptions fleet, RetentionOptions retention, LargeAnswers answers, TimeProvider time)
{
    /// <summary>Reviewed alerts below which a rate says more of chance than of the fleet.</summary>
    public const int FewestReviews = 50;

    private const long DayMs = 86_400_000L, OverdueMs = 15 * 60_000L, Quarter = 90 * DayMs;

    /// <summary>The same words as <see cref="FleetReader"/> gives a single vehicle.</summary>
    private const string Contact =
        "case when v.privacy = 0 then 'silent' when n.seen_at is null then 'never' when n.status = 'offline' then 'offline' "
        + "when n.seen_at < @stale then 'stale' when n.seen_at < @overdue or n.status = 'lost' then 'overdue' else 'fresh' end";

    /// <summary>
    /// Stress and anger are counted by rule alone. In a sum with others, each of which is shown, a subtraction would tell of
    /// them.
    /// </summary>
    private const string NoEmotion = "and p.kind not in (3, 4)";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<SummaryView> SummaryAsync(int tenant, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var rows = await connection.ReadAsync(
            $"select {Contact}, count(*), sum(case when n.cam <> 'ok' then 1 else 0 end), sum(case when n.hr <> 'ok' then 1 else 0 end) "
                + "from vehicle v left join vehicle_now n on n.vehicle_id = v.id "
                + "where v.tenant_id = @tenant and v.retired_at is null group by 1",
            row => (
                Contact: row.GetString(0), Count: row.GetInt32(1), Cameras: row.NumberOrNull(2) ?? 0,
                Straps: row.NumberOrNull(3) ?? 0),
            stop, ("tenant", tenant), ("stale", Now - DayMs), ("overdue", Now - OverdueMs));
        var fresh = rows.FirstOrDefault(row => row.Contact == "fresh");
        var findings = await connection.ScalarAsync<int>(
            "select count(*) from finding f join vehicle v on v.id = f.vehicle_id where v.tenant_id = @tenant and f.at > @from", stop,
            ("tenant", tenant), ("from", Now - DayMs));
        return new(rows.ToDictionary(row => row.Contact, row => row.Count), fresh.Cameras, fresh.Straps, findings);
    }

    /// <summary>How many reviewed alerts were false; of the fleet as a whole, 90 days.</summary>
    public Task<ReviewsView> ReviewsAsync(int tenant, CancellationToken stop) => answers.GetAsync(
        tenant, "reviews", () => CountReviewsAsync(tenant, stop), found => found.Episodes, stop);

    /// <summary>By rule, version and camera, 90 days; nothing of fewer vehicles than the floor.</summary>
    public Task<DisputesView> DisputesAsync(int tenant, string name, CancellationToken stop) => answers.GetAsync(
        tenant, "disputes", () => CountDisputesAsync(tenant, name, stop), found => found.Rules.Sum(one => (long)one.Raised), stop);

    private async Task<ReviewsView> CountReviewsAsync(int tenant, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var rows = await connection.ReadAsync(
            "select count(*), sum(case when p.review in ('true', 'false', 'unclear') then 1 else 0 end), "
                + "sum(case when p.review = 'false' then 1 else 0 end), sum(case when p.review = 'unclear' then 1 else 0 end), "
                + "sum(case when p.disputed_at is not null then 1 else 0 end), count(distinct p.vehicle_id) "
                + $"from episode p join vehicle v on v.id = p.vehicle_id where v.tenant_id = @tenant and p.last_at > @from {NoEmotion}",
            row => (All: row.GetInt32(0), Reviewed: row.NumberOrNull(1) ?? 0, False: row.NumberOrNull(2) ?? 0,
                Unclear: row.NumberOrNull(3) ?? 0, Disputed: row.NumberOrNull(4) ?? 0, Vehicles: row.GetInt32(5)),
            stop, ("tenant", tenant), ("from", Now - Quarter));
        var sums = rows[0];
        if (sums.Vehicles < await FloorAsync(tenant, stop)) return ReviewsView.OfTooFew(FewestReviews);
        var isKnown = sums.Reviewed >= FewestReviews;
        var (low, high) = WilsonInterval.Of(sums.False, sums.Reviewed);
        return new(
            sums.All, sums.Reviewed, sums.False, sums.Unclear, sums.Disputed, FewestReviews,
            isKnown ? (double)sums.False / sums.Reviewed : null, isKnown ? low : null, isKnown ? high : null);
    }

    private async Task<DisputesView> CountDisputesAsync(int tenant, string name, CancellationToken stop)
    {
        var floor = await FloorAsync(tenant, stop);
        var counts = await CountsAsync(tenant, fleet.EuWork.Contains(name), stop);
        var plain = counts.Where(one => !one.IsEmotion).ToList();
        var rules = By(counts, one => one.Rule);
        var rare = rules.Where(one => one.Vehicles < floor).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        // Rules share vehicles, so it is those of all hidden rules together that must not be too few: the whole is known, and so
        // is what was shown of it.
        var few = plain.Where(one => rare.Contains(one.Rule)).Select(one => one.Vehicle).Distinct().Count();
        var last = few > 0 && few < floor
            ? rules.Where(one => one.Vehicles >= floor).OrderBy(one => one.Vehicles).Select(one => one.Name).FirstOrDefault()
            : null;
        return new(
            floor, Hide(rules, one => one.Vehicles >= floor && one.Name != last), Apart(By(plain, one => one.Version), floor),
            Apart(By(plain, one => one.Camera), floor));
    }

    /// <summary>A vehicle has one version and one camera: what is hidden of few must not come back by a subtraction.</summary>
    private static IReadOnlyList<DisputeRow> Apart(IReadOnlyList<(string Name, int Vehicles, DisputeRow Row)> groups, int floor)
    {
        var shown = SmallGroups.Shown([.. groups.Select(one => new GroupCell(0, one.Name, one.Vehicles))], floor)
            .Select(cell => cell.Group).ToHashSet();
        return Hide(groups, one => shown.Contains(one.Name));
    }

    /// <summary>Hidden ones come last, by their names: their place must not tell either.</summary>
    private static IReadOnlyList<DisputeRow> Hide(
        IReadOnlyList<(string Name, int Vehicles, DisputeRow Row)> groups,
        Predicate<(string Name, int Vehicles, DisputeRow Row)> isShown) =>
    [
        .. groups.Where(one => isShown(one)).Select(one => one.Row),
        .. groups.Where(one => !isShown(one)).OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => one.Row.Hide()),
    ];

    public async Task<PrivacyView> PrivacyAsync(int tenant, string name, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        var levels = await connection.ReadAsync(
            "select privacy, count(*) from vehicle where tenant_id = @tenant and retired_at is null group by privacy",
            row => (Level: row.IsDBNull(0) ? "?" : $"P{row.GetInt32(0)}", Count: row.GetInt32(1)), stop, ("tenant", tenant));
        var heads = await connection.ReadAsync(
            "select count(distinct h.vehicle_id), max(h.at) from audit_head h join vehicle v on v.id = h.vehicle_id where v.tenant_id = @tenant",
            row => (Count: row.GetInt32(0), At: row.TimeOrNull(1)), stop, ("tenant", tenant));
        return new(
            levels.ToDictionary(one => one.Level, one => one.Count), fleet.EuWork.Contains(name), await FloorAsync(tenant, stop),
            new(retention.Events, retention.Counts, retention.Audit), heads[0].Count, heads[0].At);
    }

    /// <summary>What each vehicle's alerts of each rule came to, in one pass: a group is summed up of these.</summary>
    private async Task<IReadOnlyList<RuleOfVehicle>> CountsAsync(int tenant, bool isEuWork, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        return await connection.ReadAsync(
            "select p.vehicle_id, v.version, v.camera, p.rule, case when p.kind in (3, 4) then 1 else 0 end, count(*), "
                + "sum(case when p.disputed_at is not null then 1 else 0 end), "
                + "sum(case when p.review in ('true', 'false', 'unclear') then 1 else 0 end), "
                + "sum(case when p.review = 'false' then 1 else 0 end) from episode p join vehicle v on v.id = p.vehicle_id "
                + $"where v.tenant_id = @tenant and p.last_at > @from {(isEuWork ? NoEmotion : "")} group by 1, 2, 3, 4, 5",
            row => new RuleOfVehicle(
                row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4) == 1,
                new("", row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), IsHidden: false)),
            stop, ("tenant", tenant), ("from", Now - Quarter));
    }

    private static List<(string Name, int Vehicles, DisputeRow Row)> By(
        IEnumerable<RuleOfVehicle> counts, Func<RuleOfVehicle, string> name) =>
    [
        .. counts.GroupBy(name, StringComparer.Ordinal).Select(group => (
            group.Key, group.Select(one => one.Vehicle).Distinct().Count(), new DisputeRow(
                group.Key, group.Sum(one => one.Sums.Raised), group.Sum(one => one.Sums.Disputed),
                group.Sum(one => one.Sums.Reviewed), group.Sum(one => one.Sums.IsFalse), IsHidden: false)))
            .OrderByDescending(one => one.Item3.Disputed).ThenBy(one => one.Key, StringComparer.Ordinal),
    ];

    private async Task<int> FloorAsync(int tenant, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        return Math.Max(5, await connection.ScalarAsync<int>("select floor from tenant where id = @tenant", stop, ("tenant", tenant)));
    }

    private sealed record RuleOfVehicle(int Vehicle, string Version, string Camera, string Rule, bool IsEmotion, DisputeRow Sums);
}
