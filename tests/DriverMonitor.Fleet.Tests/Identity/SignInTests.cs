using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;

namespace DriverMonitor.Fleet.Tests.Identity;

/// <summary>How people get in, and what gets nobody in.</summary>
public sealed class SignInTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_first_start_prints_a_link_that_makes_one_account_once(string store)
    {
        await using var fleet = await FleetHost.StartAsync(store, _folder);
        var link = fleet.Get<SetupLink>().Printed!;
        var code = link[(link.IndexOf("#setup=", StringComparison.Ordinal) + 7)..];
        using var first = new Person(fleet.Get<ApiServer>().Address!);
        using var second = new Person(fleet.Get<ApiServer>().Address!);

        Assert.Equal(HttpStatusCode.Unauthorized, (await first.SignInAsync("admin", "admin")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, await first.StatusOfAsync("POST", "session/invitation", new { code, name = "anna", password = "short" }));
        var answers = await Task.WhenAll(
            first.StatusOfAsync("POST", "session/invitation", new { code, name = "anna", password = Person.Password }),
            second.StatusOfAsync("POST", "session/invitation", new { code, name = "eve", password = Person.Password }));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Gone], answers.Order());
        using var third = new Person(fleet.Get<ApiServer>().Address!);
        Assert.Equal(HttpStatusCode.OK, (await third.SignInAsync(answers[0] == HttpStatusCode.OK ? "anna" : "eve", Person.Password)).StatusCode);
        Assert.Equal(["acme", "beta"], (await third.UseTokenAsync())["tenants"]!.AsArray().Select(one => (string?)one));
    }

    [Fact]
    public async Task Session_fixation_a_cookie_from_before_the_sign_in_is_worth_nothing_after_it()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        using var victim = await Person.SignedInAsync(fleet, "acme:viewer");
        var planted = victim.Cookie!;
        using var made = new Person(fleet.Get<ApiServer>().Address!);
        made.Cookies.Add(fleet.Get<ApiServer>().Address!, new Cookie("dmfleet", "chosen-by-somebody-else"));
        await made.SignInAsync("acme:viewer", Person.Password);
        Assert.NotEqual("chosen-by-somebody-else", made.Cookie);

        await victim.SignInAsync("acme:viewer", Person.Password);
        using var thief = new Person(fleet.Get<ApiServer>().Address!);
        thief.Cookies.Add(fleet.Get<ApiServer>().Address!, new Cookie("dmfleet", planted));

        Assert.NotEqual(planted, victim.Cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, await thief.StatusOfAsync("GET", "vehicles"));
        Assert.Equal(HttpStatusCode.OK, await victim.StatusOfAsync("GET", "vehicles"));
    }

    [Fact]
    public async Task A_cookie_is_kept_as_a_hash_and_no_script_and_no_other_site_gets_it()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        await fleet.Get<Accounts>().PutAsync("anna", PasswordHash.Of(Person.Password), [new("acme", "viewer")], default);
        using var anna = new Person(fleet.Get<ApiServer>().Address!);
        var answer = await anna.SignInAsync("anna", Person.Password);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));

        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Equal(Secret.HashOf(anna.Cookie!), await new Seed(fleet.Database).ScalarAsync<string>("select hash from session"));
        await anna.Http.DeleteAsync(new Uri("/api/v1/session", UriKind.Relative));
        Assert.Equal(0, await new Seed(fleet.Database).ScalarAsync<int>("select count(*) from session"));
    }

    [Fact]
    public async Task What_changes_something_needs_the_pages_own_token_and_no_foreign_origin()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        using var person = await Person.SignedInAsync(fleet, "acme:administrator");
        var body = new { name = "ben", roles = new[] { "viewer" } };
        Assert.Equal(HttpStatusCode.OK, await person.StatusOfAsync("POST", "accounts", body));

        person.Http.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, await person.StatusOfAsync("POST", "accounts", body));
        Assert.Equal(HttpStatusCode.Forbidden, await person.StatusOfAsync("POST", "session", new { name = "a", password = "b" }));
        person.Http.DefaultRequestHeaders.Remove("Origin");
        person.Http.DefaultRequestHeaders.Remove(SessionCookie.CsrfHeader);
        Assert.Equal(HttpStatusCode.Forbidden, await person.StatusOfAsync("POST", "accounts", body));
        person.Http.DefaultRequestHeaders.Host = "rebound.example";
        Assert.Equal(HttpStatusCode.Unauthorized, await person.StatusOfAsync("GET", "accounts"));
    }

    [Fact]
    public async Task Lock_race_of_forty_guesses_at_once_five_are_judged()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        await fleet.Get<Accounts>().PutAsync("anna", PasswordHash.Of(Person.Password), [new("acme", "viewer")], default);
        using var guesser = new Person(fleet.Get<ApiServer>().Address!);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(one => guesser.SignInAsync("anna", $"guess {one}")));

        Assert.Equal(SignInLock.MostOfOne, answers.Count(one => one.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(35, answers.Count(one => one.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.SignInAsync("anna", Person.Password)).StatusCode);
    }

    [Fact]
    public void Many_clients_together_are_locked_out_as_well_and_one_cannot_be_many_by_its_addresses()
    {
        var @lock = new SignInLock(TimeProvider.System);
        for (var i = 0; i < SignInLock.MostOfOne; i++) Assert.Null(@lock.Reserve(IPAddress.Parse($"2001:db8::{i + 1}")));
        Assert.NotNull(@lock.Reserve(IPAddress.Parse("2001:db8::ffff")));
        var judged = Enumerable.Range(0, 400).Count(i => @lock.Reserve(IPAddress.Parse($"10.0.{i / 200}.{(i % 200) + 1}")) is null);
        Assert.Equal(SignInLock.MostOfAll - SignInLock.MostOfOne, judged);
    }

    private static readonly (string Role, string Method, string Path, bool May)[] Rows =
    [
        ("viewer", "GET", "vehicles", true),
        ("viewer", "GET", "export/events.csv", false),
        ("viewer", "GET", "accounts", false),
        ("viewer", "GET", "audit", false),
        ("operator", "GET", "alerts", true),
        ("operator", "POST", "erasures", false),
        ("privacy", "GET", "export/events.csv", true),
        ("privacy", "GET", "audit", true),
        ("privacy", "POST", "accounts", false),
        ("administrator", "GET", "accounts", true),
        ("administrator", "GET", "vehicles", false),
        ("administrator", "GET", "alerts", false),
        ("administrator", "GET", "export/events.csv", false),
    ];

    [Fact]
    public async Task Each_role_may_do_its_own_and_no_more()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        foreach (var role in Roles.Known)
        {
            using var person = await Person.SignedInAsync(fleet, $"acme:{role}");
            foreach (var (_, method, path, may) in Rows.Where(row => row.Role == role))
            {
                var status = await person.StatusOfAsync(method, path, method == "POST" ? new { } : null);
                Assert.Equal((role, path, may), (role, path, status != HttpStatusCode.Forbidden));
            }
        }
    }

    [Fact]
    public async Task Nobody_chooses_a_tenant_that_is_not_theirs_and_the_last_administrator_stays()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        using var both = await Person.SignedInAsync(fleet, "acme:viewer", "beta:administrator");
        using var one = await Person.SignedInAsync(fleet, "acme:administrator");

        Assert.Equal(HttpStatusCode.NotFound, await one.StatusOfAsync("PUT", "session/tenant", new { tenant = "beta" }));
        Assert.Equal(HttpStatusCode.OK, await both.StatusOfAsync("PUT", "session/tenant", new { tenant = "beta" }));
        Assert.Equal(HttpStatusCode.Forbidden, await both.StatusOfAsync("GET", "vehicles"));
        var own = await one.Http.GetFromJsonAsync<JsonArray>("/api/v1/accounts");
        var id = own!.Single(row => (string?)row!["name"] == "acme:administrator")!["id"];
        Assert.Equal(HttpStatusCode.BadRequest, await one.StatusOfAsync("DELETE", $"accounts/{id}"));
        // An account that opens another tenant, too, is not this administrator's to give a new password to.
        var shared = new { name = "acme:viewer+beta:administrator", roles = new[] { "viewer" } };
        Assert.Equal(HttpStatusCode.BadRequest, await one.StatusOfAsync("POST", "accounts", shared));
    }

    [Fact]
    public async Task Every_look_of_a_person_is_in_the_audit_under_their_name()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder);
        await new Seed(fleet.Database).VehicleAsync("acme", "veh-0001");
        using var person = await Person.SignedInAsync(fleet, "acme:viewer", "acme:privacy");
        await person.StatusOfAsync("GET", "vehicles/veh-0001");
        await person.StatusOfAsync("GET", "export/events.csv");

        var lines = (await person.Http.GetFromJsonAsync<AuditPage>("/api/v1/audit"))!;

        Assert.Null(lines.BadLine);
        Assert.All(lines.Items, line => Assert.Equal("user:acme:viewer+acme:privacy", line.Who));
        Assert.Contains(lines.Items, line => line.What == "look vehicle veh-0001");
        Assert.Contains(lines.Items, line => line.What.StartsWith("export events.csv", StringComparison.Ordinal));
    }
}
