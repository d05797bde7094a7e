using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Tests.Support;
using DriverMonitor.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DriverMonitor.Tests.Web;

/// <summary>
/// Signing in and out, and what is recorded of the driver, in a real browser before a page without a driver behind it.
/// </summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("sign-in").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly List<PageDrive> _drives =
    [
        new("p-01.20260504T100000000", new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.FromHours(2)), 5400, 18_300_000),
    ];
    private ConsentRecord _book = ConsentRecord.Empty;
    private int _acknowledged;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private WebApplication? _app;
    private IPage? _page;

    private IPage Page => _page!;

    private string Address => _app!.Urls.First();

    public async Task InitializeAsync()
    {
        var settings = new WebSettings { Port = Loopback.FreePort(), PasswordFile = Path.Combine(_folder, "page.password") };
        PagePassword.Save(settings.PasswordFile, Password);
        var hands = new PageActions
        {
            Acknowledge = () => _acknowledged++,
            Dispute = _ => { },
            Allowed = () => _book.Allowed(new(), null),
            Parts = () => [],
            Driver = "anna",
            Consents = () => new(_book, _book.Allowed(new(), null), Fault: null, Now: null),
            Say = (one, granted) =>
                _book = granted ? _book.Grant(one, DateTimeOffset.UnixEpoch) : _book.Withdraw(one, DateTimeOffset.UnixEpoch),
            Drives = () => [.. _drives],
            ReadDrive = name => _drives.Exists(drive => drive.Name == name) ? ["""{"kind":"header"}"""] : null,
            ForgetDrives = () =>
            {
                _drives.Clear();
                return 3;
            },
        };
        _app = await new PageServer(settings, PageSecurity.Open(settings), _time, NullLoggerFactory.Instance).StartSomewhereAsync(
            new(), hands, new(), CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await CabBrowser.LaunchAsync(_playwright);
        var visitor = await _browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 390, Height = 844 },
                Locale = "en-GB",
                ColorScheme = ColorScheme.Light,
            }
        );
        _page = await visitor.NewPageAsync();
        _page.SetDefaultTimeout(60_000);
        SetDefaultExpectTimeout(60_000);
        await _page.GotoAsync(Address + "/#me");
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        await _app!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_wrong_password_is_said_plainly_and_the_tries_that_are_left_are_counted()
    {
        var said = Page.Locator("form [role=alert]");
        foreach (var left in new[] { "4 more tries", "3 more tries", "2 more tries", "One more try" })
        {
            await Try("wrong");
            await Expect(said).ToContainTextAsync($"That is not the password. {left}, then nobody can sign in for 15 minutes.");
        }

        await Try("wrong");
        await Expect(said).ToHaveTextAsync("That is not the password. Too many wrong passwords. Try again in 15 minutes.");
        await CabBrowser.Shoot(Page, "sign-in-locked");

        _time.Advance(TimeSpan.FromMinutes(6.5));
        await Try(Password);
        await Expect(said).ToHaveTextAsync("Too many wrong passwords. Try again in 9 minutes.");

        _time.Advance(TimeSpan.FromMinutes(8.5));
        await Try(Password);
        await Expect(Page.Locator("[data-consent=camera]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_signs_out_sees_nothing_any_more_and_nor_do_streams_that_were_open()
    {
        await Enter();
        await Page.EvaluateAsync("() => { window.streams = []; fetch('/api/live').then(async answer => { try { await answer.text(); } catch { } streams.push('over'); }); }");
        await Page.ClickAsync("nav a[href='#parts']");
        var second = await Page.Context.NewPageAsync();
        await second.GotoAsync(Address + "/#me");
        await Expect(second.Locator("[data-consent=camera]")).ToBeVisibleAsync();

        await second.EvaluateAsync("() => fetch('/api/session', { method: 'DELETE' })");
        await Page.WaitForFunctionAsync("() => window.streams.length === 1");
        await Expect(Page.Locator("form [role=alert]")).ToHaveTextAsync("You were signed out. Sign in again.");
        await Expect(Page.Locator("nav a")).ToHaveCountAsync(0);

        await Enter();
        await Page.ClickAsync("nav a[href='#parts']");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(Page.Locator("#password")).ToBeVisibleAsync();
        Assert.Equal(401, await Page.EvaluateAsync<int>("() => fetch('/api/me').then(answer => answer.status)"));
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_and_the_page_says_so()
    {
        await Enter();
        _time.Advance(Sessions.GoodFor);
        await Expect(Page.Locator("form [role=alert]")).ToHaveTextAsync("You were signed out. Sign in again.");
        await Enter();
        await Expect(Page.Locator("[data-consent=camera]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nothing_is_done_without_the_sessions_token_nor_for_another_site()
    {
        await Enter();
        Assert.Equal(403, await Page.EvaluateAsync<int>("() => fetch('/api/acknowledge', { method: 'POST' }).then(answer => answer.status)"));
        Assert.Equal(403, await Page.EvaluateAsync<int>("() => fetch('/api/acknowledge', { method: 'POST', headers: { 'X-Csrf-Token': '0'.repeat(64) } }).then(answer => answer.status)"));
        Assert.Equal(403, await Page.EvaluateAsync<int>("() => fetch('/api/consent/camera', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{\"granted\":false}' }).then(answer => answer.status)"));

        // Another site in the same browser, which has the cookie: a form and a script.
        var other = await Page.Context.NewPageAsync();
        var answered = new List<int>();
        other.Response += (_, answer) =>
        {
            if (answer.Request.Method == "POST") answered.Add(answer.Status);
        };
        await other.RouteAsync("http://evil.example/**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = $"<form method=post action='{Address}/api/acknowledge'></form>" }));
        await other.GotoAsync("http://evil.example/");
        await other.EvaluateAsync("address => fetch(address, { method: 'POST', mode: 'no-cors', credentials: 'include' }).then(() => { }, () => { })", Address + "/api/acknowledge");
        await other.EvaluateAsync("() => document.forms[0].submit()");
        await Eventually.Sees("an answer to the form", () => answered.Count > 0, withinSeconds: 60);

        Assert.All(answered, status => Assert.InRange(status, 401, 403));
        Assert.Equal(0, _acknowledged);
    }

    [Fact]
    public async Task What_somebody_slips_into_the_page_does_not_run_and_the_browser_says_so()
    {
        await Enter();
        var broken = await Page.EvaluateAsync<string[]>("""
            () => new Promise(done => {
              const broken = [];
              document.addEventListener('securitypolicyviolation', event => {
                broken.push(event.effectiveDirective);
                if (broken.length === 3) done(broken.sort());
              });
              setTimeout(() => done(broken.sort()), 30000);
              const inline = document.createElement('script');
              inline.textContent = 'window.wasRun = true';
              document.body.append(inline);
              document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.wasRun = true">');
            })
            """);
        Assert.Equal(["img-src", "script-src-attr", "script-src-elem"], broken);
        Assert.False(await Page.EvaluateAsync<bool>("() => window.wasRun === true"));
    }

    [Fact]
    public async Task Who_takes_a_consent_back_is_asked_about_what_was_recorded()
    {
        await Enter();
        var drive = Page.Locator("[data-drive]");
        await Expect(drive).ToContainTextAsync("1 h 30 min, 18.3 MB");
        var file = await Page.RunAndWaitForDownloadAsync(() => drive.GetByRole(AriaRole.Link).ClickAsync());
        Assert.Equal("p-01.20260504T100000000.jsonl", file.SuggestedFilename);
        Assert.Equal("{\"kind\":\"header\"}\n", await File.ReadAllTextAsync(await file.PathAsync()));

        await Page.Locator("[data-consent=camera] [role=switch]").ClickAsync();
        await Expect(Page.Locator("#before")).ToContainTextAsync("what was recorded before (drives: 1)?");
        Assert.Equal(ConsentState.Withdrawn, _book.StateOf(Modalities.Camera, null));
        await CabBrowser.Shoot(Page, "also-recorded");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Keep them" }).ClickAsync();
        await Expect(Page.Locator("#before")).ToBeHiddenAsync();
        Assert.Single(_drives);

        await Page.Locator("[data-consent=camera] [role=switch]").ClickAsync();
        await Page.Locator("[data-consent=camera] [role=switch][aria-checked=true]").ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Delete them" }).ClickAsync();
        await Expect(Page.Locator("#notice")).ToHaveTextAsync("The recorded drives are deleted.");
        await Expect(drive).ToHaveCountAsync(0);
        Assert.Empty(_drives);
    }

    private async Task Enter()
    {
        await Try(Password);
        await Expect(Page.Locator("nav a[href='#me']")).ToBeVisibleAsync();
    }

    private async Task Try(string password)
    {
        await Page.FillAsync("#password", password);
        var answer = await Page.RunAndWaitForResponseAsync(
            () => Page.ClickAsync("form button"),
            answer => answer.Url.EndsWith("/api/session", StringComparison.Ordinal) && answer.Request.Method == "POST");
        await answer.FinishedAsync();
    }
}
