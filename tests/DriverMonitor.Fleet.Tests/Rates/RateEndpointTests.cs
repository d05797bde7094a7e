using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using DriverMonitor.Fleet.Rates;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;

namespace DriverMonitor.Fleet.Tests.Rates;

/// <summary>Trends, coverage and timelines as a client sees them.</summary>
public sealed class RateEndpointTests : IDisposable
{
    private const string Weeks = "from=2026-11-16T00:00:00Z&to=2026-11-30T00:00:00Z";

    private static readonly long Monday = DateTimeOffset.Parse("2026-11-16T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Rates_are_per_hundred_judged_hours_and_say_nothing_of_few_vehicles(string kind)
    {
        await using var fleet = await FleetHost.StartAsync(kind, _folder);
        // Six vehicles drive 10 hours each in the first week, three of them in the second; 80 % is judged.
        await FillAsync(fleet, vehicles: 6, Monday, hours: 10);
        await HourAsync(fleet, [1, 2, 3], Monday + TrendBucket.Week, hours: 10);
        var client = await fleet.ClientAsync("acme", "read");

        var trend = (await client.GetFromJsonAsync<TrendView>($"/api/v1/trends?{Weeks}"))!;
        var whole = (await client.GetFromJsonAsync<TrendView>($"/api/v1/trends?{Weeks}&bucket=all"))!;
        var coverage = (await client.GetFromJsonAsync<TrendView>($"/api/v1/trends?{Weeks}&measure=coverage&kind=fatigue"))!;
        var wrong = (await client.GetFromJsonAsync<TrendView>($"/api/v1/trends?{Weeks}&measure=false"))!;

        var (first, second) = (trend.Points[0], trend.Points[1]);
        Assert.Equal((5, 6, 48.0, 60L, 125.0), (trend.Floor, first.Vehicles, first.JudgedHours, first.Count, first.Value));
        Assert.InRange(first.Low!.Value, 94, 97);
        Assert.InRange(first.High!.Value, 159, 163);
        Assert.Equal((null, null, null, "few-vehicles"), (second.Value, second.Count, second.Vehicles, second.Why));
        // The whole is the first week, not the first and what is hidden of the second.
        Assert.Equal((60L, 48.0), (whole.Points[0].Count, whole.Points[0].JudgedHours));
        Assert.Equal(0.8, coverage.Points[0].Value);
        Assert.Equal("few-reviews", wrong.Points[0].Why);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_group_of_few_takes_another_one_with_it(string kind)
    {
        await using var fleet = await FleetHost.StartAsync(kind, _folder);
        await FillAsync(fleet, vehicles: 14, Monday, hours: 1);
        await ExecuteAsync(fleet, "update vehicle set version = case when id <= 2 then 'old' when id <= 8 then '1.1' else '1.2' end");
        await ExecuteAsync(fleet, "update vehicle set label = 'south' where id > 7");
        var client = await fleet.ClientAsync("acme", "read");

        var versions = (await client.GetFromJsonAsync<TrendView>($"/api/v1/trends?{Weeks}&group=version"))!.Points;
        var labels = (await client.GetFromJsonAsync<TrendView>($"/api/v1/trends?{Weeks}&group=label"))!.Points;

        // Of the two groups of six one is hidden with the group of two: the sum of all tells neither.
        Assert.Single(versions, point => point.Value is not null);
        Assert.Null(versions.Single(point => point.Group == "old").Count);
        Assert.All(labels, point => Assert.Equal(7, point.Vehicles));
    }

    [Theory]
    [InlineData("kind=stress&group=version", "whole tenant")]
    [InlineData("kind=anger&group=label", "whole tenant")]
    [InlineData("kind=device", "no state")]
    [InlineData("kind=none", "no state")]
    [InlineData("kind='; drop table hour; --", "no state")]
    [InlineData("measure=drivers", "measure is one of")]
    [InlineData("group=driver", "group is one of")]
    [InlineData("group=v.name", "group is one of")]
    [InlineData("bucket=hour", "bucket is one of")]
    [InlineData("from=2026-11-30T00:00:00Z&to=2026-11-01T00:00:00Z", "before")]
    [InlineData("from=2020-01-01T00:00:00Z", "before")]
    [InlineData("from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z", "before")]
    public async Task What_may_not_be_asked_is_refused_with_a_reason(string query, string words)
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);

        var answer = await (await fleet.ClientAsync("acme", "read")).GetAsync($"/api/v1/trends?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_emotions_are_not_processed_no_trend_of_them_is_made()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder, "\"EuWork\": [\"beta\"]");

        Assert.Equal(HttpStatusCode.OK, (await (await fleet.ClientAsync("acme", "read")).GetAsync("/api/v1/trends?kind=stress")).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await (await fleet.ClientAsync("beta", "read")).GetAsync("/api/v1/trends?kind=stress")).StatusCode);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Coverage_and_timeline_say_what_is_known_of_a_vehicle(string kind)
    {
        await using var fleet = await FleetHost.StartAsync(kind, _folder);
        await FillAsync(fleet, vehicles: 2, Monday, hours: 2);
        await ExecuteAsync(fleet, $"insert into finding (vehicle_id, at, kind, detail, epoch, first, last) values (1, {Monday + 1}, 2, 'quota', 1, 5, 9)");
        var client = await fleet.ClientAsync("acme", "read");
        const string Day = "from=2026-11-16T00:00:00Z&to=2026-11-17T00:00:00Z";

        var list = (await client.GetFromJsonAsync<Rows<CoverageView>>($"/api/v1/coverage?{Day}"))!.Items;
        var days = (await client.GetFromJsonAsync<List<CoverageDay>>($"/api/v1/vehicles/veh-0001/coverage?{Day}"))!;
        var pieces = (await client.GetFromJsonAsync<List<TimelinePiece>>($"/api/v1/vehicles/veh-0001/timeline/pieces?{Day}&pieces=24"))!;
        var most = (await client.GetFromJsonAsync<List<TimelinePiece>>($"/api/v1/vehicles/veh-0001/timeline/pieces?{Day}&pieces=100000"))!;

        Assert.Equal((7200, 0.8, 2, 22, 5), (list[0].Sums!.DrivenS, list[0].Sums!.Fatigue, list[0].Sums!.HoursHeard, list[0].Sums!.HoursUnknown, list[0].Sums!.Lost));
        Assert.Equal((7200, 0.8, 2), (Assert.Single(days).DrivenS, days[0].Fatigue, days[0].HoursHeard));
        Assert.Equal((24, "gap", "heard", "unknown"), (pieces.Count, pieces[0].State, pieces[1].State, pieces[2].State));
        Assert.InRange(most.Count, 400, TimelineReader.MostPieces);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Hours_go_out_as_lines_without_stress_and_another_tenants_are_not_among_them(string kind)
    {
        await using var fleet = await FleetHost.StartAsync(kind, _folder);
        await FillAsync(fleet, vehicles: 1, Monday, hours: 1);
        var (acme, beta) = (await fleet.ClientAsync("acme", "export"), await fleet.ClientAsync("beta", "export"));

        var lines = await acme.GetStringAsync("/api/v1/export/hours.csv");

        Assert.Equal(
            "vehicle,hour,driven_s,judged_fatigue_s,judged_distraction_s,judged_driver-state_s,raised_fatigue,raised_distraction,"
                + "raised_driver-state,disputed_fatigue,disputed_distraction,disputed_driver-state\r\n"
                + "veh-0001,2026-11-16T00:00Z,3600,2880,0,0,1,0,0,0,0,0\r\n", lines);
        Assert.Single((await beta.GetStringAsync("/api/v1/export/hours.csv")).Trim().Split('\n'));
    }

    private static async Task FillAsync(FleetHost fleet, int vehicles, long from, int hours)
    {
        var seed = new Seed(fleet.Database);
        for (var i = 1; i <= vehicles; i++) await seed.VehicleAsync("acme", $"veh-{i:0000}");
        await ExecuteAsync(fleet, $"update vehicle set first_at = {from}");
        await ExecuteAsync(fleet, "insert into tenant (name) values ('beta') on conflict (name) do nothing");
        await HourAsync(fleet, Enumerable.Range(1, vehicles), from, hours);
    }

    private static async Task HourAsync(FleetHost fleet, IEnumerable<int> vehicles, long from, int hours)
    {
        await using var connection = await fleet.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        foreach (var vehicle in vehicles)
        {
            for (var i = 0; i < hours; i++)
            {
                await connection.ExecuteAsync(
                    "insert into hour (vehicle_id, at, driven_s, judged_s, raised) values (@vehicle, @at, 3600, @judged, @raised)", default,
                    ("vehicle", vehicle), ("at", from + (i * HourCounter.Hour)), ("judged", """{"any":2880,"fatigue":2880}"""),
                    ("raised", """{"fatigue":1,"stress":1}"""));
            }
        }
    }

    private static async Task ExecuteAsync(FleetHost fleet, string sql)
    {
        await using var connection = await fleet.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        await connection.ExecuteAsync(sql, default);
    }
}
