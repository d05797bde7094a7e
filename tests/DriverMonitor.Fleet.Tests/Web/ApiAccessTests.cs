using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Web;

/// <summary>Who may ask what, and that nobody sees another tenant's vehicles.</summary>
public sealed class ApiAccessTests : IDisposable
{
    private static readonly string Alert = $"alerts/veh-0001/{Seed.EpochText}/7-0412";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_token_only_health_metrics_and_the_contract_answer()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var client = await fleet.ClientAsync("acme");

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
        Assert.Contains("fleet_vehicles", await client.GetStringAsync("/metrics"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/vehicles")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/v1/nothing")).StatusCode);
        FleetHost.Authorize(client, "dmfleet_guessed");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/vehicles")).StatusCode);
    }

    [Fact]
    public async Task A_token_of_the_wrong_scope_is_refused()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        (string Method, string Path, string Scope)[] rows =
        [
            ("GET", "vehicles", "export"),
            ("GET", "export/events.csv", "read"),
            ("GET", "export/hours.csv", "read"),
            ("GET", "trends", "export"),
            ("GET", "orders", "export"),
            ("GET", "export/vehicle/veh-0001", "read"),
            ("POST", "erasures", "read"),
            ("GET", "erasures", "export"),
            ("POST", "webhooks", "read"),
            ("GET", "webhooks/1/deliveries", "read"),
            ("POST", "alerts/veh-0001/5f1c9a2e77b04d10/7-0412/review", "read"),
        ];
        foreach (var (method, path, scope) in rows)
        {
            var client = await fleet.ClientAsync("acme", scope);
            var answer = await client.SendAsync(new(new(method), $"/api/v1/{path}") { Content = JsonContent.Create(new { }) });
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_token_ends_and_can_be_taken_back_and_is_kept_as_a_hash()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var tokens = fleet.Get<ApiTokens>();
        var over = await tokens.CreateAsync("over", "acme", ["read"], TimeSpan.FromSeconds(-1), default);
        var taken = await tokens.CreateAsync("taken", "acme", ["read"], TimeSpan.FromDays(1), default);
        var stored = await new Seed(fleet.Database).ScalarAsync<string>("select hash from token where name = 'taken'");

        Assert.Null(await tokens.FindAsync(over, default));
        Assert.NotNull(await tokens.FindAsync(taken, default));
        Assert.True(await tokens.RevokeAsync(2, default));
        Assert.Null(await tokens.FindAsync(taken, default));
        Assert.Matches("^[0-9a-f]{64}$", stored);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_tenant_sees_nothing_of_another_over_any_way_out(string store)
    {
        await using var fleet = await FleetHost.StartAsync(store, _folder);
        await FillAsync(fleet);
        var (acme, beta) = (await fleet.ClientAsync("acme", [.. ApiToken.Known]), await fleet.ClientAsync("beta", [.. ApiToken.Known]));

        foreach (var path in new[] { "vehicles", "alerts", "disputes", "findings", "gaps", "erasures", "webhooks", "coverage", "orders" })
        {
            var theirs = await beta.GetStringAsync($"/api/v1/{path}");
            Assert.DoesNotContain("veh-0001", theirs, StringComparison.Ordinal);
            Assert.DoesNotContain("hooks.acme", theirs, StringComparison.Ordinal);
        }

        foreach (var path in new[] { "vehicles/veh-0001", "vehicles/veh-0001/timeline", "vehicles/veh-0001/health", "vehicles/veh-0001/coverage",
            "vehicles/veh-0001/timeline/pieces", Alert, "export/vehicle/veh-0001" })
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, (await acme.GetAsync($"/api/v1/{path}")).StatusCode));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await beta.GetAsync($"/api/v1/{path}")).StatusCode));
        }

        Assert.DoesNotContain("veh-0001", await beta.GetStringAsync("/api/v1/export/events.ndjson"), StringComparison.Ordinal);
        Assert.DoesNotContain("veh-0001", await beta.GetStringAsync("/api/v1/export/events.csv?vehicle=veh-0001"), StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await beta.PostAsJsonAsync($"/api/v1/{Alert}/review", new { verdict = "false" })).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await beta.PostAsJsonAsync("/api/v1/erasures", new { vehicle = "veh-0001", from = "2020-01-01", to = "2030-01-01" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await beta.DeleteAsync("/api/v1/webhooks/1")).StatusCode);
        Assert.Equal(0, (await beta.GetFromJsonAsync<LagView>("/api/v1/lag"))!.Vehicles);
        Assert.Contains("hooks.acme", await acme.GetStringAsync("/api/v1/webhooks"), StringComparison.Ordinal);
        Assert.Contains("veh-0001", await acme.GetStringAsync("/api/v1/export/events.ndjson"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_itself_hides_other_tenants_from_a_statement_that_forgets_to_ask()
    {
        await using var fleet = await FleetHost.StartAsync("postgres", _folder);
        await FillAsync(fleet);
        await using var connection = await fleet.Database.OpenAsync(tenant: 2, default);

        foreach (var table in new[] { "vehicle", "event", "episode", "vehicle_now", "webhook" })
            Assert.Equal((table, 0), (table, await connection.ScalarAsync<int>($"select count(*) from {table}", default)));
    }

    [Fact]
    public async Task Every_look_at_a_vehicle_and_every_export_is_in_the_audit_and_a_changed_line_is_found()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        await FillAsync(fleet);
        var client = await fleet.ClientAsync("acme", [.. ApiToken.Known]);
        foreach (var path in new[] { "vehicles", "vehicles/veh-0001", Alert, "export/events.csv", "export/vehicle/veh-0001" })
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/{path}")).StatusCode);
        var (seed, audit) = (new Seed(fleet.Database), fleet.Get<AuditChain>());

        Assert.Equal(4, await seed.ScalarAsync<int>("select count(*) from audit where who = 'token:test'"));
        Assert.Null(await audit.FirstBadAsync(default));
        await seed.ScalarAsync<int>("update audit set who = 'token:other' where id = 2");
        Assert.Equal(2, await audit.FirstBadAsync(default));
    }

    [Fact]
    public async Task A_review_deletes_nothing_and_hides_no_dispute()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        await FillAsync(fleet);
        await new Seed(fleet.Database).ScalarAsync<int>("update episode set disputed_at = 1000");
        var client = await fleet.ClientAsync("acme", "read", "review");

        var wrong = await client.PostAsJsonAsync($"/api/v1/{Alert}/review", new { verdict = "delete" });
        var done = await client.PostAsJsonAsync($"/api/v1/{Alert}/review", new { verdict = "false", note = "sunglasses" });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.NoContent), (wrong.StatusCode, done.StatusCode));
        var alert = Assert.Single((await client.GetFromJsonAsync<Rows<AlertView>>("/api/v1/disputes"))!.Items);
        Assert.Equal(("false", "sunglasses"), (alert.Review, alert.Note));
    }

    [Fact]
    public async Task Values_are_shown_with_an_episode_and_in_no_list()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        await FillAsync(fleet);
        var client = await fleet.ClientAsync("acme", [.. ApiToken.Known]);

        Assert.Contains("31.41592", await client.GetStringAsync($"/api/v1/{Alert}"), StringComparison.Ordinal);
        foreach (var path in new[] { "alerts", "vehicles/veh-0001/timeline", "export/events.csv", "export/events.ndjson" })
            Assert.DoesNotContain("31.41592", await client.GetStringAsync($"/api/v1/{path}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vehicle_that_is_silent_by_choice_shows_its_name_and_no_more()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        await new Seed(fleet.Database).VehicleAsync("acme", "veh-0002", privacy: 0);
        var client = await fleet.ClientAsync("acme", "read");

        var vehicle = Assert.Single((await client.GetFromJsonAsync<Rows<VehicleView>>("/api/v1/vehicles"))!.Items);

        Assert.Equal(("silent", null, null, null), (vehicle.Contact, vehicle.SeenAt, vehicle.Alert, vehicle.Waiting));
    }

    [Fact]
    public async Task The_contract_of_the_api_names_every_address_that_there_is()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var document = JsonNode.Parse(await (await fleet.ClientAsync("acme")).GetStringAsync("/openapi.json"))!;

        var paths = document["paths"]!.AsObject().Select(path => path.Key).ToList();
        foreach (var path in new[] { "/api/v1/vehicles", "/api/v1/alerts", "/api/v1/export/events.{format}", "/api/v1/erasures", "/api/v1/webhooks", "/api/v1/lag",
            "/api/v1/stream", "/api/v1/trends", "/api/v1/coverage", "/api/v1/orders", "/api/v1/export/hours.csv" })
            Assert.Contains(path, paths);
    }

    private static async Task FillAsync(FleetHost fleet)
    {
        var seed = new Seed(fleet.Database);
        var vehicle = await seed.VehicleAsync("acme", "veh-0001", privacy: 2);
        await seed.EventAsync(
            vehicle, 1, EventType.Raised, """{"why":[{"f":"eyes_closed","v":31.41592,"th":3,"unit":"s"}]}""", "7-0412", EventKind.Fatigue);
        await fleet.Get<Fleet.Webhooks.WebhookStore>().AddAsync(1, "https://hooks.acme.example", [], "standard", default);
        await using var connection = await fleet.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        await connection.ExecuteAsync("insert into tenant (name) values ('beta') on conflict (name) do nothing", default);
        await connection.ExecuteAsync(
            "insert into finding (vehicle_id, at, kind, detail) values (@vehicle, 1000, 2, 'gap of veh-0001')", default, ("vehicle", vehicle));
    }
}
