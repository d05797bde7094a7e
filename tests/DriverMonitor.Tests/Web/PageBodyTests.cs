using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Tests.Support;
using DriverMonitor.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Web;

/// <summary>Whatever a signed-in browser sends to the page, over real HTTP: done or refused, never an error of ours.</summary>
public sealed class PageBodyTests : IAsyncLifetime, IDisposable
{
    /// <summary>A tenth of what other readers are tried with: each goes through a socket.</summary>
    private static readonly int Rounds = EdgeJson.Rounds / 10;

    private readonly HttpClient _client = new();
    private WebApplication? _app;
    private int _granted, _erased;

    public async Task InitializeAsync()
    {
        var settings = new WebSettings { Port = Loopback.FreePort() };
        var hands = new PageActions
        {
            Acknowledge = () => { }, Dispute = _ => { }, Allowed = () => default, Parts = () => [], Driver = "anna",
            Say = (_, granted) => _granted += granted ? 1 : 0, Erase = () => ++_erased,
        };
        _app = await new PageServer(settings, PageSecurity.Open(settings), TimeProvider.System, NullLoggerFactory.Instance)
            .StartSomewhereAsync(new(), hands, new(), CancellationToken.None);
        _client.BaseAddress = new Uri(_app.Urls.First());
        using var answer = await _client.PostAsJsonAsync("/api/session", new { password = "" });
        var entered = await answer.Content.ReadFromJsonAsync<JsonElement>();
        _client.DefaultRequestHeaders.Add(RequestGuard.CsrfHeader, entered.GetProperty("csrf").GetString());
    }

    public async Task DisposeAsync() => await _app!.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("PUT", "/api/consent/heart")]
    [InlineData("POST", "/api/erase")]
    [InlineData("POST", "/api/session")]
    public async Task A_body_is_obeyed_or_refused(string method, string path)
    {
        var consent = $$"""{"granted":true,"text":"{{ConsentText.VersionOf(Modalities.Heart)}}"}""";
        var json = new EdgeJson(35, path.EndsWith("erase", StringComparison.Ordinal) ? """{"driver":"anna"}"""
            : path.EndsWith("session", StringComparison.Ordinal) ? """{"password":"x"}""" : consent);
        var done = 0;
        for (var i = 0; i < Rounds; i++)
        {
            using var request = new HttpRequestMessage(new(method), path) { Content = new ByteArrayContent(json.Next()) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await _client.SendAsync(request);
            Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode} for {await request.Content.ReadAsStringAsync()}");
            if (answer.IsSuccessStatusCode) done++;
        }

        Assert.InRange(done, Rounds / 20, Rounds - 1);
        if (path.EndsWith("heart", StringComparison.Ordinal)) Assert.InRange(_granted, 1, done);
        if (path.EndsWith("erase", StringComparison.Ordinal)) Assert.Equal(done, _erased);
    }

    [Fact]
    public async Task An_alert_is_named_by_a_number_that_there_is()
    {
        foreach (var token in EdgeJson.Tokens.Where(token => token.Length < 100))
        {
            using var answer = await _client.PostAsync($"/api/alerts/{Uri.EscapeDataString(token)}/dispute", null);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }
    }
}
