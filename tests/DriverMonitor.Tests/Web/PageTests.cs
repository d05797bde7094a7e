using System.Text.Json;
using DriverMonitor.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DriverMonitor.Tests.Web;

/// <summary>What people do with the page, in a real browser before the real service.</summary>
public sealed class PageTests(CabBrowser browser) : IClassFixture<CabBrowser>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 60_000 };

    [Fact]
    public async Task What_is_shown_is_less_than_a_second_old()
    {
        var page = await browser.OpenAsync("/#details");
        await Expect(page.Locator("[data-state=distraction] .word"))
            .Not.ToHaveTextAsync("Cannot say", new() { Timeout = 60_000 });

        var ages = await page.EvaluateAsync<double[]>("""
            () => new Promise(done => {
              setTimeout(() => done([]), 60000);
              const ages = [], cards = document.querySelector('#view .cards');
              // Painted, not only heard: the frame after the cards were made anew.
              new MutationObserver((_, watch) => requestAnimationFrame(() => {
                ages.push(Date.now() - Date.parse(cards.dataset.time));
                if (ages.length === 7) { watch.disconnect(); done(ages); }
              })).observe(cards, { attributes: true, attributeFilter: ['data-time'] });
            })
            """);

        // One in seven may wait for a busy machine.
        Assert.True(ages.Length == 7 && ages.Order().ElementAt(5) < 1000, string.Join(", ", ages));
    }

    [Fact]
    public async Task An_alert_is_shown_explained_and_disputed()
    {
        var page = await browser.OpenAsync();
        await Expect(page.Locator(".glance[data-state=wake_up][data-level='3']")).ToBeVisibleAsync(Soon);
        await Expect(page.Locator("#alert[role=alert]")).ToContainTextAsync("Wake up!");

        await page.ClickAsync("nav a[href='#today']");
        var entries = page.Locator("[data-rule=eyes_closed]");
        await Expect(entries.Nth(1)).ToContainTextAsync("Eyes shut for", new() { Timeout = 60_000 });
        // Not the newest: the oldest, which keeps its place at the end of the list.
        await entries.Last.GetByRole(AriaRole.Button, new() { Name = "This was wrong" }).ClickAsync();

        await Expect(entries.Last.Locator(".disputed")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(entries.Last.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(page.Locator(".disputed")).ToHaveCountAsync(1);
        Assert.Contains("The driver disputes an alert: EyesClosed", browser.Service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measures_are_told_in_words_that_people_use()
    {
        var page = await browser.OpenAsync();
        var cues = CuePhraseCases.All.Select(one => new { cue = one.Cue, value = one.Value, unit = one.Unit, raises = one.Raises });
        const string Say = """
            async cues => {
              const { phrase } = await import('/phrases.js'), { nextLanguage } = await import('/words.js');
              const english = cues.map(phrase);
              nextLanguage(true);
              return [...english, ...cues.map(phrase)];
            }
            """;

        string[] expected = [.. CuePhraseCases.All.Select(one => one.English), .. CuePhraseCases.All.Select(one => one.German)];
        Assert.Equal(expected, await page.EvaluateAsync<string[]>(Say, cues));
    }

    /// <summary>Every cue in every unit, at the limits of its values; every length of time; every figure.</summary>
    [Fact]
    public async Task No_value_however_odd_spoils_a_sentence()
    {
        var page = await browser.OpenAsync();
        var cues = CuePhraseCases.Cues;
        const string Say = """
            async ({ cues, units }) => {
              const { phrase, reason } = await import('/phrases.js'), { nextLanguage, duration, number, has } = await import('/words.js');
              const values = [null, undefined, NaN, -Infinity, 0, -0.0004, 0.04, 0.5, 0.94, 1, 1.05, 9.96, 59.6, 599.6, 3599, 1e9, -1];
              const said = [];
              for (let turn = 0; turn < 2; turn++, nextLanguage(true)) {
                for (const cue of cues) for (const unit of units) for (const value of values) for (const raises of [true, false]) {
                  said.push(phrase({ cue, value, unit, raises }), reason({ cue, value, unit, raises, limit: value }), reason({ cue, value, unit, limit: null }));
                }
                for (const value of values) said.push(duration(value), number(value, 1), number(value, 0));
              }
              return [...new Set(said)];
            }
            """;

        var said = await page.EvaluateAsync<string[]>(Say, new { cues, units = CuePhraseCases.Units });

        Assert.True(said.Length > cues.Length, "Nothing was said.");
        Assert.DoesNotContain(said, text => CuePhraseCases.Odd().IsMatch(text));
    }

    [Fact]
    public async Task A_switch_stops_what_it_names_and_starts_it_again()
    {
        var page = await browser.OpenAsync("/#me");
        var camera = page.Locator("[data-consent=camera] [role=switch]");
        await Expect(camera).ToHaveAttributeAsync("aria-checked", "true");
        await camera.ClickAsync();
        await Expect(camera).ToHaveAttributeAsync("aria-checked", "false");
        await page.ClickAsync("nav a[href='#now']");
        await Expect(page.Locator(".glance[data-state=nobody_watches]")).ToBeVisibleAsync();
        await page.ClickAsync("a[href='#details']");
        await Expect(page.Locator("[data-state=fatigue] .word")).ToHaveTextAsync("Switched off");
        await CabBrowser.Shoot(page, "switched-off");

        await page.ClickAsync("nav a[href='#me']");
        await camera.ClickAsync();
        await Expect(camera).ToHaveAttributeAsync("aria-checked", "true");
        await page.ClickAsync("nav a[href='#now']");
        await page.ClickAsync("a[href='#details']");
        await Expect(page.Locator("[data-state=distraction] .word")).Not.ToHaveTextAsync("Switched off");
    }

    [Fact]
    public async Task Everything_stored_is_shown_and_then_forgotten()
    {
        var page = await browser.OpenAsync("/#me");
        await page.Locator("[data-consent=stress] [role=switch]").ClickAsync();
        await Expect(page.Locator("[data-consent=stress] [role=switch]")).ToHaveAttributeAsync("aria-checked", "true");

        await page.GetByRole(AriaRole.Button, new() { Name = "Show all of it" }).ClickAsync();
        await Expect(page.Locator("#stored")).ToContainTextAsync("\"driver\": \"anna\"");
        await Expect(page.Locator("#stored")).ToContainTextAsync("\"stress\"");
        await CabBrowser.Shoot(page, "stored");

        await page.GetByRole(AriaRole.Button, new() { Name = "Forget me" }).ClickAsync();
        await page.FillAsync("#erase-name", "someone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase everything" }).ClickAsync();
        await Expect(page.Locator("#notice")).ToHaveTextAsync("That is not the name.");
        Assert.True(File.Exists(Path.Combine(browser.Service.Folder, "anna.consent.json")));

        await page.FillAsync("#erase-name", "anna");
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase everything" }).ClickAsync();
        await Expect(page.Locator("#notice")).ToHaveTextAsync("Forgotten.");
        await Expect(page.Locator("[data-consent=stress] [role=switch]")).ToHaveAttributeAsync("aria-checked", "false");
    }

    [Fact]
    public async Task The_buzzer_is_tested_and_every_part_says_how_it_is()
    {
        var page = await browser.OpenAsync("/#parts");
        await Expect(page.Locator("[data-part=camera]")).ToBeVisibleAsync();
        // An alert goes before it, and this driver sleeps half of the time.
        for (
            var pressed = 0;
            pressed < 30 && !browser.Service.Log.Contains("plays chirp-twice", StringComparison.Ordinal);
            pressed++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Test the buzzer" }).ClickAsync();
            await Expect(page.Locator("#notice")).ToContainTextAsync("Two chirps");
            await page.WaitForTimeoutAsync(1000);
        }

        Assert.Contains("plays chirp-twice", browser.Service.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phone-dark", 390, 844, true)]
    [InlineData("desk-light", 1280, 800, false)]
    public async Task Every_view_fits_and_speaks_two_languages(string name, int width, int height, bool dark)
    {
        var page = await browser.OpenAsync("/", width, height, dark);
        foreach (var view in new[] { "now", "today", "me", "aim", "parts" })
        {
            await page.ClickAsync($"nav a[href='#{view}']");
            await Expect(page.Locator("nav a[aria-current=page]")).ToHaveAttributeAsync("href", $"#{view}");
            await Expect(page.Locator("#view h1")).ToBeVisibleAsync();
            if (view == "me") await Expect(page.Locator("[data-consent=anger]")).ToBeVisibleAsync();
            if (view == "parts") await Expect(page.Locator("[data-part=version]")).ToBeVisibleAsync();
            Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"), $"{view} is wider than the screen.");
            await CabBrowser.Shoot(page, $"{name}-{view}");
        }

        await page.ClickAsync("#language");
        await Expect(page.Locator("#view h1")).ToHaveTextAsync("Teile");
        await page.ClickAsync("nav a[href='#me']");
        await Expect(page.Locator("[data-consent=camera]")).ToContainTextAsync("Die Kamera sieht mein Gesicht");
        await CabBrowser.Shoot(page, $"{name}-me-de");
    }

    [Fact]
    public async Task Fingers_find_every_target_and_keys_reach_them()
    {
        var page = await browser.OpenAsync();
        await Expect(page.Locator("nav a[href='#parts']")).ToBeVisibleAsync();
        var small = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, nav a')].filter(one => one.offsetParent !== null)
              .filter(one => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44).map(one => one.outerHTML)
            """);
        Assert.Empty(small);

        for (var pressed = 0; pressed < 40; pressed++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string?>("() => document.activeElement.getAttribute('href')") == "#me") break;
        }

        Assert.NotEqual("none", await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-consent=heart] [role=switch]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("switch", await page.EvaluateAsync<string?>("() => document.activeElement.getAttribute('role')"));
    }

    [Fact]
    public async Task Nothing_runs_that_is_not_the_pages_own()
    {
        var page = await browser.OpenAsync();
        await Expect(page.Locator(".glance")).ToBeVisibleAsync();
        var broken = await page.EvaluateAsync<string>("""
            () => new Promise(done => {
              document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
              const script = document.createElement('script');
              script.textContent = 'window.wasRun = true';
              document.body.append(script);
            })
            """);
        Assert.Equal("script-src-elem", broken);
        Assert.False(await page.EvaluateAsync<bool>("() => window.wasRun === true"));
        Assert.Equal("refused", await page.EvaluateAsync<string>("() => fetch('https://example.com/').then(() => 'sent', () => 'refused')"));
    }

    [Fact]
    public async Task The_pages_own_code_breaks_no_rule_of_its_own()
    {
        var page = await browser.OpenAsync("/");
        var complaints = new List<string>();
        page.Console += (_, said) =>
        {
            if (said.Type == "error") complaints.Add(said.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        foreach (var view in new[] { "today", "me", "aim", "parts", "now" }) await page.ClickAsync($"nav a[href='#{view}']");
        await page.ClickAsync("a[href='#details']");
        await Expect(page.Locator("[data-state=anger]")).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Health_and_figures_are_there_to_be_read()
    {
        using var client = new HttpClient { BaseAddress = new Uri(browser.Service.Address) };
        var figures = "";
        await Eventually.Sees(
            "scores among the figures", () =>
                (figures = client.GetStringAsync("/metrics").GetAwaiter().GetResult()).Contains(
                    "drivermonitor_score",
                    StringComparison.Ordinal),
            withinSeconds: 60);
        Assert.Contains("drivermonitor_frames_total", figures, StringComparison.Ordinal);
        Assert.Contains("drivermonitor_inference_duration_seconds_total", figures, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_cpu_time_seconds_total", figures, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", figures, StringComparison.Ordinal);

        // To a stranger one word; the parts are for who is signed in.
        var ready = await client.GetAsync("/health/ready");
        Assert.Matches("^{\"status\":\"(ok|degraded)\"}$", await ready.Content.ReadAsStringAsync());
        Assert.Equal(
            ready.IsSuccessStatusCode, (await ready.Content.ReadAsStringAsync()).Contains("ok", StringComparison.Ordinal));
        await client.GetAsync("/api/session");
        ready = await client.GetAsync("/health/ready");
        var parts = JsonDocument.Parse(await ready.Content.ReadAsStringAsync()).RootElement.GetProperty("parts");
        Assert.Contains(parts.EnumerateArray(), part => part.GetProperty("name").GetString() == "camera");
    }
}
