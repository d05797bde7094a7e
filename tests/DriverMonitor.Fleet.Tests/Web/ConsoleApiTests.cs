using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Web;

/// <summary>What the console's figures tell of few vehicles, of emotions and of values: nothing.</summary>
public sealed class ConsoleApiTests : IDisposable
{
    private const string Said = """{"why":[{"f":"eyes_closed","v":3.125,"th":3,"unit":"s"}],"score":0.875,"model":"face@1.2.0"}""";

    private static readonly string[] Aggregates =
    [
        "reviews", "disputes/summary",
        .. from measure in (string[])["alerts", "disputed", "false", "coverage"] from bucket in (string[])["day", "week", "all"]
           from of in (string[])["group=none", "group=version", "group=label", "kind=fatigue"] select $"trends?measure={measure}&bucket={bucket}&{of}",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 50, 0, 0.0713)]
    [InlineData(5, 50, 0.0435, 0.2136)]
    [InlineData(50, 50, 0.9287, 1)]
    public void The_interval_of_a_share_is_wilsons(int hits, int count, double low, double high)
    {
        var interval = WilsonInterval.Of(hits, count);
        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    [Theory]
    [InlineData(2, "values", true)]
    [InlineData(2, "read", false)]
    [InlineData(1, "values", false)]
    [InlineData(0, "values", false)]
    public async Task Values_are_shown_from_P2_on_to_who_may_see_them(int privacy, string scope, bool areShown)
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var seed = new Seed(fleet.Database);
        await seed.EventAsync(await seed.VehicleAsync("acme", "veh-0001", privacy), 1, EventType.Raised, Said, "7-1", EventKind.Fatigue);
        var client = await fleet.ClientAsync("acme", "read", scope);

        var text = await client.GetStringAsync($"/api/v1/alerts/veh-0001/{Seed.EpochText}/7-1");

        Assert.Equal(areShown, text.Contains("3.125", StringComparison.Ordinal));
        Assert.Equal(areShown, text.Contains("0.875", StringComparison.Ordinal));
        Assert.Contains("face@1.2.0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stress_and_anger_are_nobodys_to_see_of_one_vehicle_and_of_none_under_eu_work()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder, "\"EuWork\": [\"acme\"]");
        var seed = new Seed(fleet.Database);
        var vehicle = await seed.VehicleAsync("acme", "veh-0001");
        await seed.EventAsync(vehicle, 1, EventType.Raised, Said, "7-1", EventKind.Stress);
        await seed.EventAsync(vehicle, 2, EventType.Raised, Said, "7-2", EventKind.Anger);
        var client = await fleet.ClientAsync("acme", [.. ApiToken.Known]);

        foreach (var path in new[] { "alerts", "alerts?kind=stress", "vehicles/veh-0001/timeline", "export/events.csv", "export/events.ndjson", "export/vehicle/veh-0001", "disputes/summary" })
        {
            var text = await client.GetStringAsync($"/api/v1/{path}");
            Assert.Equal((path, false, false), (path, text.Contains("stress", StringComparison.Ordinal), text.Contains("anger", StringComparison.Ordinal)));
        }

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync(new Uri($"/api/v1/alerts/veh-0001/{Seed.EpochText}/7-1", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Nothing_is_told_of_fewer_than_five_vehicles_or_fifty_reviews(string store)
    {
        await using var fleet = await FleetHost.StartAsync(store, _folder);
        var client = await fleet.ClientAsync("acme", "read");
        await FillAsync(fleet, vehicles: 4, each: 20);
        var few = (await client.GetFromJsonAsync<DisputesView>("/api/v1/disputes/summary"))!;
        Assert.True(Assert.Single(few.Rules).IsHidden);
        Assert.True(Assert.Single(few.Versions).IsHidden);
        Assert.Null((await client.GetFromJsonAsync<ReviewsView>("/api/v1/reviews"))!.Share);

        await FillAsync(fleet, vehicles: 6, each: 4);
        var enough = (await client.GetFromJsonAsync<DisputesView>("/api/v1/disputes/summary"))!;
        var reviews = (await client.GetFromJsonAsync<ReviewsView>("/api/v1/reviews"))!;
        Assert.Equal((false, 104), (Assert.Single(enough.Rules).IsHidden, enough.Rules[0].Raised));
        Assert.Equal((104, 52), (reviews.Reviewed, reviews.IsFalse));
        Assert.Equal(0.5, reviews.Share);
        Assert.InRange(reviews.Low!.Value, 0.40, 0.41);
    }

    //           who has which                                  what is shown of each
    [Theory]
    [InlineData("version", "2.0:2 1.2.0:10", "")]
    [InlineData("version", "2.0:5 1.2.0:10", "1.2.0 2.0")]
    [InlineData("version", "2.0:2 2.1:3 1.2.0:10", "1.2.0")]
    [InlineData("camera", "ir-usb:4 usb:8", "")]
    [InlineData("camera", "ir-usb:6 usb:6", "ir-usb usb")]
    [InlineData("camera", ":1 usb:6 ir-usb:7", "ir-usb")]
    [InlineData("rule", "phone:4 eyes_closed:5", "")]
    [InlineData("rule", "phone:4 yawns:4 eyes_closed:5", "eyes_closed")]
    [InlineData("rule", "phone:4 yawns:5 eyes_closed:6", "eyes_closed")]
    public async Task What_is_hidden_of_few_cannot_be_had_by_a_subtraction(string what, string groups, string shown)
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var (seed, from) = (new Seed(fleet.Database), 0);
        foreach (var (name, count) in groups.Split(' ').Select(one => (one.Split(':')[0], int.Parse(one.Split(':')[1], CultureInfo.InvariantCulture))))
        {
            await FillAsync(fleet, count, each: 1);
            await seed.ScalarAsync<int>(what == "rule"
                ? $"update episode set rule = '{name}' where vehicle_id > {from}"
                : $"update vehicle set {what} = '{name}' where id > {from}");
            from += count;
        }

        var found = (await (await fleet.ClientAsync("acme", "read")).GetFromJsonAsync<DisputesView>("/api/v1/disputes/summary"))!;

        var rows = what switch { "version" => found.Versions, "camera" => found.Cameras, _ => found.Rules };
        Assert.Equal(shown, string.Join(' ', rows.Where(row => !row.IsHidden).Select(row => row.Name).Order(StringComparer.Ordinal)));
        Assert.All(rows.Where(row => row.IsHidden), row => Assert.Equal((0, 0, 0, 0), (row.Raised, row.Disputed, row.Reviewed, row.IsFalse)));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Of_four_vehicles_no_route_tells_a_figure_and_of_five_each_does(string store)
    {
        await using var fleet = await FleetHost.StartAsync(store, _folder);
        var client = await fleet.ClientAsync("acme", [.. ApiToken.Known]);
        await FillAsync(fleet, vehicles: 4, each: 20);
        foreach (var path in Aggregates) Assert.Equal($"{path}: ", $"{path}: {Figures(await client.GetStringAsync($"/api/v1/{path}"))}");
        await FillAsync(fleet, vehicles: 1, each: 20);
        foreach (var path in Aggregates) Assert.NotEqual($"{path}: ", $"{path}: {Figures(await client.GetStringAsync($"/api/v1/{path}"))}");
    }

    [Fact]
    public async Task Nobody_s_stress_is_told_by_a_sum_that_holds_it()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var client = await fleet.ClientAsync("acme", [.. ApiToken.Known]);
        await FillAsync(fleet, vehicles: 6, each: 10);
        string[] routes = ["lag", "reviews", "disputes/summary"];
        async Task<string> AllAsync() => string.Join('\n', await Task.WhenAll(
            routes.Select(path => client.GetStringAsync($"/api/v1/{path}"))));
        var before = await AllAsync();
        var seed = new Seed(fleet.Database);
        await seed.EventAsync(1, 900, EventType.Raised, Said, "9-1", EventKind.Stress);
        await seed.ScalarAsync<int>("update episode set rule = 'stress', review = 'false', disputed_at = last_at where kind = 3");
        var after = await AllAsync();

        // By rule it is one of too few: only that there is such a rule is seen.
        Assert.Equal(before, after.Replace(""",{"name":"stress","raised":0,"disputed":0,"reviewed":0,"isFalse":0,"isHidden":true}""", "", StringComparison.Ordinal));
        var review = await client.PostAsJsonAsync($"/api/v1/alerts/veh-0/{Seed.EpochText}/9-1/review", new { verdict = "true" });
        Assert.Equal(System.Net.HttpStatusCode.NotFound, review.StatusCode);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_summary_says_what_to_look_at(string store)
    {
        await using var fleet = await FleetHost.StartAsync(store, _folder);
        var seed = new Seed(fleet.Database);
        for (var i = 1; i <= 4; i++) await seed.VehicleAsync("acme", $"veh-{i}", privacy: i == 4 ? 0 : 1);
        await seed.ScalarAsync<int>("update vehicle_now set cam = 'covered' where vehicle_id = 1");
        await seed.ScalarAsync<int>("update vehicle_now set seen_at = 1000, cam = 'covered' where vehicle_id = 2");

        var summary = (await (await fleet.ClientAsync("acme", "read")).GetFromJsonAsync<SummaryView>("/api/v1/summary"))!;

        Assert.Equal("fresh 2, silent 1, stale 1", string.Join(", ", summary.Contacts.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}")));
        Assert.Equal((1, 0), (summary.Cameras, summary.Straps));
    }

    /// <summary>Every number above none that is said of what vehicles did.</summary>
    private static string Figures(string json)
    {
        string[] said = ["value", "low", "high", "count", "judgedHours", "drivenHours", "vehicles", "raised", "disputed", "reviewed", "isFalse",
            "unclear", "episodes", "share"];
        IEnumerable<string> Of(JsonNode? node) => node switch
        {
            JsonArray all => all.SelectMany(Of),
            JsonObject members => members.SelectMany(one => one.Value is JsonValue value && said.Contains(one.Key)
                ? value.GetValue<double>() > 0 ? [$"{one.Key} {value}"] : [] : Of(one.Value)),
            _ => [],
        };
        return string.Join(' ', Of(JsonNode.Parse(json)));
    }

    /// <summary>More vehicles, each with so many alerts and an hour of driving; every second one was reviewed false, the others true.</summary>
    private static async Task FillAsync(FleetHost fleet, int vehicles, int each)
    {
        var seed = new Seed(fleet.Database);
        var first = await seed.ScalarAsync<int>("select count(*) from vehicle");
        for (var i = 0; i < vehicles; i++)
        {
            var vehicle = await seed.VehicleAsync("acme", string.Create(CultureInfo.InvariantCulture, $"veh-{first + i}"));
            await using var connection = await seed.OpenAsync();
            await connection.ExecuteAsync(
                "insert into hour (vehicle_id, at, driven_s, judged_s, raised) values (@vehicle, @now, 3600, @judged, @raised)", default,
                ("vehicle", vehicle), ("now", Seed.Now / 3_600_000 * 3_600_000),
                ("judged", """{"any":3600,"fatigue":3600}"""), ("raised", """{"fatigue":2}"""));
            for (var n = 0; n < each; n++)
            {
                await connection.ExecuteAsync(
                    "insert into episode (vehicle_id, epoch, episode, kind, rule, raised_at, last_at, top_level, review) "
                        + "values (@vehicle, 1, @name, 1, 'eyes_closed', @now, @now, 3, @review)", default,
                    ("vehicle", vehicle), ("name", string.Create(CultureInfo.InvariantCulture, $"1-{n}")), ("now", Seed.Now),
                    ("review", n % 2 == (i % 2) ? "false" : "true"));
            }
        }
    }
}
