using DriverMonitor.Fleet.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DriverMonitor.Fleet.Tests.Load;

/// <summary>A browser with the console open: when alerts are on its screen, and how long it stands still while somebody scrolls.</summary>
internal sealed class ScreenWatch : IAsyncDisposable
{
    /// <summary>Each alert counts from its stamp to the first drawing of the list after it came.</summary>
    private const string Measure = """
        (() => {
          const waiting = [];
          window.shown = []; window.long = [];
          const add = EventSource.prototype.addEventListener;
          EventSource.prototype.addEventListener = function (name, handle) {
            return add.call(this, name, name !== 'alert' ? handle : event => { waiting.push(Date.parse(JSON.parse(event.data).at)); handle(event); });
          };
          const draw = () => { const now = Date.now(); for (const at of waiting.splice(0)) window.shown.push(now - at); };
          addEventListener('DOMContentLoaded', () => new MutationObserver(all => {
            if (all.some(one => one.target.matches?.('.inbox'))) requestAnimationFrame(draw);
          }).observe(document.body, { childList: true, subtree: true }));
          new PerformanceObserver(list => { for (const one of list.getEntries()) window.long.push(one.duration); }).observe({ type: 'longtask' });
        })();
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;

    private ScreenWatch(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, _page) = (playwright, browser, page);

    public static async Task<ScreenWatch> OpenAsync(Uri address)
    {
        SetDefaultExpectTimeout(120_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
            Timeout = 120_000,
        });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 }, Locale = "en-GB" });
        page.SetDefaultTimeout(120_000);
        await page.AddInitScriptAsync(Measure);
        await page.GotoAsync($"{address}#now");
        await page.FillAsync("#name", "anna");
        await page.FillAsync("#password", Person.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#lamp[data-state=live]")).ToBeVisibleAsync();
        return new(playwright, browser, page);
    }

    public async Task<Percentiles> AlertsAsync()
    {
        var all = new Percentiles("sent to on the screen");
        foreach (var one in await _page.EvaluateAsync<double[]>("() => window.shown")) all.Add(one);
        return all;
    }

    /// <summary>Through all vehicles, up and down, while alerts come.</summary>
    /// <returns>Tasks of 50 ms and more.</returns>
    public async Task<Percentiles> ScrollAsync(TimeSpan length)
    {
        await _page.EvaluateAsync("() => { location.hash = 'vehicles'; }");
        await Expect(_page.Locator("main p[role=status]")).ToContainTextAsync("cannot be relied on");
        // The list is whole; what its figures say comes a moment later.
        await _page.WaitForTimeoutAsync(3_000);
        var rows = 0;
        await _page.EvaluateAsync("() => { window.long.length = 0; }");
        var begun = TimeProvider.System.GetTimestamp();
        for (var i = 0; TimeProvider.System.GetElapsedTime(begun) < length; i++)
        {
            await _page.EvaluateAsync("by => { document.querySelector('.rows .body').scrollBy(0, by); }", i % 200 < 100 ? 1_700 : -1_700);
            await _page.WaitForTimeoutAsync(30);
            rows = Math.Max(rows, await _page.Locator(".rows .row").CountAsync());
        }

        Assert.InRange(rows, 5, 80);
        var all = new Percentiles("tasks over 50 ms while scrolling 10,000 vehicles");
        foreach (var one in await _page.EvaluateAsync<double[]>("() => window.long")) all.Add(one);
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
