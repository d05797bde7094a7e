using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;
using DriverMonitor.Fleet.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DriverMonitor.Fleet.Tests.Web;

/// <summary>
/// Every address of the API, as the program itself lists them: who may ask, what another site's page cannot do, and what the audit
/// says of it. A new one fails here until it has a row.
/// </summary>
public sealed class RouteTests : IDisposable
{
    /// <summary>Method, address, scope (none: everybody), and what the audit says of it, where it concerns a vehicle or changes something.</summary>
    private static readonly (string Method, string Route, string? Scope, string? Audit)[] Table =
    [
        ("GET", "vehicles", "read", null),
        ("GET", "vehicles/{vehicle}", "read", "look vehicle veh-0001"),
        ("GET", "vehicles/{vehicle}/timeline", "read", "look timeline veh-0001"),
        ("GET", "vehicles/{vehicle}/timeline/pieces", "read", "look timeline veh-0001"),
        ("GET", "vehicles/{vehicle}/coverage", "read", "look coverage veh-0001"),
        ("GET", "vehicles/{vehicle}/findings", "read", "look findings veh-0001"),
        ("GET", "vehicles/{vehicle}/health", "read", "look health veh-0001"),
        ("GET", "findings", "read", null),
        ("GET", "gaps", "read", null),
        ("GET", "lag", "read", null),
        ("GET", "alerts", "read", null),
        ("GET", "alerts/{vehicle}/{epoch}/{episode}", "read", "look alert veh-0001 5f1c9a2e77b04d10/7-1"),
        ("POST", "alerts/{vehicle}/{epoch}/{episode}/review", "review", "review veh-0001 5f1c9a2e77b04d10/7-1 false"),
        ("GET", "disputes", "read", null),
        ("GET", "disputes/summary", "read", null),
        ("GET", "reviews", "read", null),
        ("GET", "summary", "read", null),
        ("GET", "privacy", "read", null),
        ("GET", "trends", "read", null),
        ("GET", "coverage", "read", null),
        ("GET", "stream", "read", null),
        ("GET", "orders", "read", null),
        ("GET", "orders/possible", "read", null),
        ("GET", "orders/{id}", "read", "look order veh-0001 locate-fault"),
        ("POST", "orders", "orders", "order locate-fault {} to veh-0001"),
        ("POST", "orders/bulk", "orders", "order locate-fault {} to 1 vehicles"),
        ("GET", "export/events.{format}", "export", "export events.csv all"),
        ("GET", "export/hours.csv", "export", "export hours.csv all"),
        ("GET", "export/vehicle/{vehicle}", "export", "export vehicle veh-0001"),
        ("GET", "erasures", "erase", null),
        ("POST", "erasures", "erase", "erase 1 "),
        ("GET", "webhooks", "webhooks", null),
        ("POST", "webhooks", "webhooks", "webhook 1 added: 127.0.0.1"),
        ("GET", "webhooks/{id:int}/deliveries", "webhooks", null),
        ("DELETE", "webhooks/{id:int}", "webhooks", "webhook 1 removed"),
        ("GET", "accounts", "accounts", null),
        ("POST", "accounts", "accounts", "account ben invited: viewer"),
        ("DELETE", "accounts/{id:int}", "accounts", "account acme:viewer removed"),
        ("GET", "audit", "audit", null),
        ("GET", "session", null, null),
        ("POST", "session", null, "sign in"),
        ("POST", "session/invitation", null, "set a password by a link"),
        ("PUT", "session/tenant", null, "look at tenant beta"),
        ("DELETE", "session", null, "sign out"),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_route_wants_who_asks_and_the_scope_that_the_table_says()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        var routes = await RoutesAsync(fleet);
        Assert.Empty(routes.Except(Table.Select(TextOf)));
        Assert.InRange(Table.Length - routes.Count, 0, 1);

        var (nobody, other) = (await fleet.ClientAsync("acme"), await fleet.ClientAsync("acme", ApiToken.Metrics));
        foreach (var row in Table.Where(row => row.Scope is not null && routes.Contains(TextOf(row))))
        {
            foreach (var (client, expected) in new[] { (nobody, HttpStatusCode.Unauthorized), (other, HttpStatusCode.Forbidden) })
            {
                using var answer = await client.SendAsync(Request(row.Method, row.Route), HttpCompletionOption.ResponseHeadersRead);
                Assert.Equal((row.Method, row.Route, expected), (row.Method, row.Route, answer.StatusCode));
                Assert.Equal("no-store", $"{answer.Headers.CacheControl}");
                Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            }
        }
    }

    [Fact]
    public async Task Another_site_s_page_changes_nothing_whatever_it_sends_along()
    {
        await using var fleet = await StartAsync();
        using var person = await Person.SignedInAsync(fleet, [.. Roles.Known.Select(role => $"acme:{role}"), "beta:viewer"]);
        var token = person.Http.DefaultRequestHeaders.GetValues(SessionCookie.CsrfHeader).Single();
        person.Http.DefaultRequestHeaders.Remove(SessionCookie.CsrfHeader);
        (string Name, string Value, bool WithToken)[] ways =
        [
            ("Origin", "https://evil.example", true), ("Origin", "null", true), ("Sec-Fetch-Site", "cross-site", true),
            ("Sec-Fetch-Site", "same-site", true), ("Host", "rebound.example", true), (SessionCookie.CsrfHeader, "guessed", false),
            (SessionCookie.CsrfHeader, "", false), ("X-Http-Method-Override", "POST", false),
        ];
        var before = await StateAsync(fleet);
        var routes = await RoutesAsync(fleet);
        foreach (var row in Table.Where(row => row.Method != "GET" && routes.Contains(TextOf(row))))
        {
            // Who signs in or opens a link has no token yet; to sign out needs none, and where it comes from is looked at all the same.
            var needsToken = row.Route is not ("session" or "session/invitation");
            foreach (var (name, value, withToken) in ways.Where(way => way.WithToken || needsToken))
            {
                using var request = Request(row.Method, row.Route);
                if (withToken) request.Headers.Add(SessionCookie.CsrfHeader, token);
                request.Headers.TryAddWithoutValidation(name, value);
                using var answer = await person.Http.SendAsync(request);
                Assert.True(
                    answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, $"{row.Method} {row.Route} {name}: {answer.StatusCode}");
            }
        }

        Assert.Equal(before, await StateAsync(fleet));
        Assert.Equal(HttpStatusCode.OK, await person.StatusOfAsync("GET", "vehicles"));
    }

    [Fact]
    public async Task What_concerns_a_vehicle_or_changes_something_is_a_line_of_the_audit()
    {
        await using var fleet = await StartAsync();
        using var viewer = await Person.SignedInAsync(fleet, "acme:viewer");
        using var person = await Person.SignedInAsync(fleet, [.. Roles.Known.Select(role => $"acme:{role}"), "beta:viewer"]);
        var seed = new Seed(fleet.Database);
        var routes = await RoutesAsync(fleet);
        foreach (var row in Table.Where(row => row.Audit is not null && routes.Contains(TextOf(row))))
        {
            var before = await seed.ScalarAsync<long>("select coalesce(max(id), 0) from audit");
            using var request = Request(row.Method, row.Route, await BodyAsync(fleet, person, row));
            using var answer = await person.Http.SendAsync(request);
            Assert.True(answer.IsSuccessStatusCode, $"{row.Method} {row.Route}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            if (row.Route == "session/tenant") await person.StatusOfAsync("PUT", "session/tenant", new { tenant = "acme" });
            var said = await seed.ScalarAsync<int>(
                $"select count(*) from audit where id > {before} and what like '{row.Audit!.Replace("'", "''", StringComparison.Ordinal)}%'");
            Assert.Equal((row.Method, row.Route, 1), (row.Method, row.Route, Math.Min(said, 1)));
            if (row.Method == "POST" && row.Route.StartsWith("session", StringComparison.Ordinal)) await person.UseTokenAsync();
        }

        Assert.Null(await fleet.Get<AuditChain>().FirstBadAsync(default));
    }

    [Fact]
    public async Task No_other_method_and_no_other_path_is_answered_with_anything()
    {
        await using var fleet = await StartAsync();
        using var person = await Person.SignedInAsync(fleet, [.. Roles.Known.Select(role => $"acme:{role}")]);
        foreach (var route in Table.Select(row => row.Route).Distinct())
        {
            var known = Table.Where(row => row.Route == route).Select(row => row.Method).ToList();
            foreach (var method in ((string[])["HEAD", "OPTIONS", "TRACE", "PATCH", "PUT", "DELETE", "POST", "GET"]).Except(known))
            {
                using var answer = await person.Http.SendAsync(Request(method, route));
                Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{method} {route}: {answer.StatusCode}");
                Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
            }
        }

        string[] paths =
        [
            "/../settings.json", "/%2e%2e/settings.json", "/..%2fsettings.json", "/..%5csettings.json", "/app.js/../../settings.json",
            "//etc/passwd", "/page/index.html", "/api/v1/../../settings.json", "/api/v1/export/events.csv%2f..%2f..%2fsettings.json", "/./index.html",
        ];
        foreach (var path in paths)
        {
            var answer = await RawRequest.SendAsync(fleet.Get<ApiServer>().Address!, path);
            Assert.Matches("^HTTP/1.1 (400|401|404)", answer);
            Assert.DoesNotContain("PrivateWebhookHosts", answer, StringComparison.Ordinal);
        }
    }

    private static string TextOf((string Method, string Route, string? Scope, string? Audit) row) => $"{row.Method} {row.Route} {row.Scope}";

    /// <summary>Mapped once more as the program maps them, to be read: method, address and scope of each.</summary>
    private static async Task<HashSet<string>> RoutesAsync(FleetHost fleet)
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        foreach (var map in fleet.Get<IEnumerable<Action<IEndpointRouteBuilder>>>()) map(app);
        return
        [
            .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .SelectMany(one => one.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method =>
                    $"{method} {one.RoutePattern.RawText!.Trim('/')} {one.Metadata.GetMetadata<Access>()?.Scope}")),
        ];
    }

    private async Task<FleetHost> StartAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder.PathOf("key.pem"), key.ExportPkcs8PrivateKeyPem());
        var fleet = await FleetHost.StartAsync(
            "sqlite", _folder, $"\"Orders\": {{ \"KeyFile\": \"{_folder.PathOf("key.pem")}\" }}",
            builder => builder.Services.AddSingleton<IIntake>(new RecordedOrders { IsDown = true }));
        var seed = new Seed(fleet.Database);
        await seed.EventAsync(await seed.VehicleAsync("acme", "veh-0001"), 1, EventType.Raised, "{}", "7-1", EventKind.Fatigue);
        await seed.ScalarAsync<int>(
            "insert into orders (id, tenant_id, vehicle_id, name, args, kid, ctr, asked_by, asked_at) "
                + "values ('o1', 1, 1, 'locate-fault', '{}', 'ops-1', 1, 'token:desk', 1000)");
        return fleet;
    }

    /// <summary>What a request would have to change.</summary>
    private static async Task<string> StateAsync(FleetHost fleet)
    {
        var seed = new Seed(fleet.Database);
        List<string> all = [];
        foreach (var what in new[] { "orders", "webhook", "account", "invitation", "erasure", "role_grant", "session", "episode where review is not null",
            "session where tenant_id <> 1" })
            all.Add($"{what}: {await seed.ScalarAsync<int>($"select count(*) from {what}")}");
        return string.Join(", ", all);
    }

    private static async Task<object?> BodyAsync(FleetHost fleet, Person person, (string Method, string Route, string? Scope, string? Audit) row)
    {
        if (row is ("POST", "session", _, _)) return new { name = person.Name, password = Person.Password };
        if (row is ("POST", "session/invitation", _, _))
        {
            var code = await fleet.Get<Invitations>().CreateAsync("carla", [new("acme", "viewer"), new("beta", "viewer")], default);
            return new { code, password = Person.Password };
        }

        if (row is not ("POST", "orders/bulk", _, _)) return null;
        string[] vehicles = ["veh-0001"];
        var shown = await person.Http.PostAsJsonAsync("/api/v1/orders/bulk", new { name = "locate-fault", vehicles });
        var confirm = (await shown.Content.ReadFromJsonAsync<OrderPlan>())!.Confirm;
        return new { name = "locate-fault", vehicles, isDryRun = false, confirm };
    }

    private static HttpRequestMessage Request(string method, string route, object? body = null)
    {
        body ??= route switch
        {
            "erasures" => new { vehicle = "veh-0001", from = "2020-01-01", to = "2020-01-02" },
            "webhooks" => new { url = "https://127.0.0.1/hook" },
            "accounts" => new { name = "ben", roles = new[] { "viewer" } },
            "orders" => new { vehicle = "veh-0001", name = "locate-fault" },
            "orders/bulk" => new { name = "locate-fault", vehicles = new[] { "*" } },
            "session" => new { name = "anna", password = "wrong" },
            "session/invitation" => new { code = "guessed", password = "guessed-guessed" },
            "session/tenant" => new { tenant = "beta" },
            _ => new { verdict = "false" },
        };
        var path = route.Replace("{vehicle}", "veh-0001", StringComparison.Ordinal).Replace("{epoch}", Seed.EpochText, StringComparison.Ordinal)
            .Replace("{episode}", "7-1", StringComparison.Ordinal).Replace("{id:int}", "1", StringComparison.Ordinal)
            .Replace("{id}", "o1", StringComparison.Ordinal).Replace("{format}", "csv", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new(method), $"/api/v1/{path}");
        if (method is "POST" or "PUT" or "PATCH") request.Content = JsonContent.Create(body);
        return request;
    }
}
