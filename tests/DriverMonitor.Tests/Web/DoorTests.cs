using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DriverMonitor.Configuration;
using DriverMonitor.Tests.Support;
using DriverMonitor.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Web;

/// <summary>Who gets in, and who does not: over real HTTP, without a driver behind it.</summary>
public sealed class DoorTests : IAsyncLifetime, IDisposable
{
    private const string Password = "correct horse battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("door").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly HttpClient _client = new(
        new HttpClientHandler
        {
            UseCookies = true,
            CookieContainer = new CookieContainer(),
            MaxConnectionsPerServer = 20,
        }
    );
    private int _acknowledged;
    private WebApplication? _app;

    private string PasswordFile => Path.Combine(_folder, "page.password");

    public async Task InitializeAsync()
    {
        PagePassword.Save(PasswordFile, Password);
        await File.WriteAllTextAsync(Path.Combine(_folder, "token"), "scraper-token\n");
        var settings = new WebSettings
        {
            Port = Loopback.FreePort(),
            PasswordFile = PasswordFile,
            MetricsTokenFile = Path.Combine(_folder, "token"),
            SecurityContact = new("mailto:security@operator.example"),
        };
        var hands = new PageActions
        {
            Acknowledge = () => _acknowledged++, Dispute = _ => { }, Allowed = () => default, Parts = () => [],
        };
        _app = await new PageServer(settings, PageSecurity.Open(settings), _time, NullLoggerFactory.Instance).StartSomewhereAsync(
            new(), hands, new(), CancellationToken.None);
        _client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Without_the_password_nothing_of_the_driver_is_told()
    {
        foreach (var path in new[] { "/api/now", "/api/live", "/api/today", "/api/me", "/api/parts", "/api/aim/stream" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await _client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task With_the_password_and_the_token_things_are_done()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await Try("wrong")).StatusCode);
        var entered = await Try(Password);
        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("/api/now")).StatusCode);

        Assert.Equal(HttpStatusCode.Forbidden, (await _client.PostAsync("/api/acknowledge", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post("/api/acknowledge", "0000")).StatusCode);
        Assert.Equal(0, _acknowledged);

        var csrf = (await entered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("csrf").GetString()!;
        Assert.Equal(HttpStatusCode.NoContent, (await Post("/api/acknowledge", csrf)).StatusCode);
        Assert.Equal(1, _acknowledged);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post("/api/acknowledge", csrf, origin: "https://evil.example")).StatusCode);

        await _client.DeleteAsync("/api/session");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _client.GetAsync("/api/now")).StatusCode);
    }

    [Fact]
    public async Task Everybody_is_told_whom_to_tell_of_a_hole()
    {
        var lines = (await _client.GetStringAsync("/.well-known/security.txt")).Split('\n');

        Assert.Equal("Contact: mailto:security@operator.example", lines[0]);
        var expires = DateTimeOffset.Parse(lines[1]["Expires: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange((expires - _time.GetUtcNow()).TotalDays, 100, 365);
    }

    [Fact]
    public async Task A_session_ends_by_itself()
    {
        await Try(Password);
        _time.Advance(Sessions.GoodFor);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _client.GetAsync("/api/now")).StatusCode);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_door_for_a_quarter_of_an_hour()
    {
        for (var i = 0; i < SignInLock.Most; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await Try("wrong")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Try(Password)).StatusCode);

        _time.Advance(SignInLock.Window);
        Assert.Equal(HttpStatusCode.OK, (await Try(Password)).StatusCode);
    }

    [Fact]
    public async Task Of_sixty_wrong_passwords_sent_at_once_five_are_judged()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Try("wrong")));
        Assert.Equal(SignInLock.Most, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(60 - SignInLock.Most, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("192.168.4.1:8088", HttpStatusCode.OK)]
    public async Task Only_our_own_names_are_answered(string host, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = host;
        Assert.Equal(expected, (await _client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_flood_of_bytes_is_not_read()
    {
        using var large = new StringContent($$"""{ "password": "{{new string('x', 20_000)}}" }""", null, "application/json");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _client.PostAsync("/api/session", large)).StatusCode);
    }

    [Fact]
    public void A_network_without_a_password_stops_the_start() =>
        Assert.Contains(
            "drivermonitor password",
            Assert.Throws<ConfigurationException>(() => PageSecurity.Open(new() { Address = "0.0.0.0" })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Nobody_but_its_owner_reads_the_password()
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PasswordFile));
        Assert.DoesNotContain(Password, File.ReadAllText(PasswordFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_described_api_is_the_real_one()
    {
        var document = JsonDocument.Parse(await _client.GetStringAsync("/openapi.json")).RootElement;
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));

        var real = _app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(one => !PageFiles.Has(one.RoutePattern.RawText) || one.RoutePattern.RawText == "/openapi.json")
            .SelectMany(one =>
                (one.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method =>
                    $"{method} {one.RoutePattern.RawText}"));

        Assert.Equal(described.Order(StringComparer.Ordinal), real.Order(StringComparer.Ordinal));
    }

    private Task<HttpResponseMessage> Try(string password) => _client.PostAsJsonAsync("/api/session", new { password });

    private Task<HttpResponseMessage> Post(string path, string csrf, string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add(RequestGuard.CsrfHeader, csrf);
        if (origin is not null) request.Headers.Add("Origin", origin);
        return _client.SendAsync(request);
    }
}
