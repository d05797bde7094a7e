using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DriverMonitor.Tests.Web;

/// <summary>Whether everything can be read: on small screens, in long German words, by day and by night.</summary>
public sealed class LookTests(CabBrowser browser) : IClassFixture<CabBrowser>
{
    private static readonly string[] Views = ["now", "details", "today", "history", "me", "aim", "parts"];

    /// <summary>Text whose contrast to what lies behind it is less than WCAG 2.2 AA asks for, with its ratio.</summary>
    private const string Faint = """
        () => {
          const light = part => { const c = part / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
          const numbers = colour => colour.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
          const ground = node => {
            for (let at = node; at; at = at.parentElement) {
              const [r, g, b, a = 1] = numbers(getComputedStyle(at).backgroundColor);
              if (a === 1) return [r, g, b];
            }
            return [255, 255, 255];
          };
          return [...document.querySelectorAll('body *')]
            .filter(one => one.checkVisibility() && !one.closest('svg, canvas, .skip') && [...one.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
            .flatMap(one => {
              const style = getComputedStyle(one), size = parseFloat(style.fontSize);
              const [dark, bright] = [luminance(numbers(style.color)), luminance(ground(one))].sort((a, b) => a - b);
              const ratio = (bright + 0.05) / (dark + 0.05), least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
              return ratio < least ? [`${one.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}`] : [];
            });
        }
        """;

    /// <summary>What is cut off or reaches over the edge.</summary>
    private const string Clipped = """
        () => [...document.querySelectorAll('body *')]
          .filter(one => one.checkVisibility() && !one.closest('svg, pre, .skip') && getComputedStyle(one).display !== 'inline')
          .filter(one => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth + 1)
          .map(one => one.outerHTML.slice(0, 80))
        """;

    /// <summary>
    /// Each state drawn by the page's own code into its own place: how much of the screen it takes, what is cut off or lies on
    /// something else, which words are broken, and what is green while it must not be.
    /// </summary>
    private const string Glances = """
        async () => {
          const { panel } = await import('/glance.js');
          const { nextLanguage, language } = await import('/words.js');
          const root = document.documentElement, faults = [];
          const of = (state, level, rule, cue) => ({ glance: { state, level }, lacking: rule ? [] : ['camera_covered', 'eyes_not_visible'], sight: 'driver',
            alert: rule ? { rule, level, why: [{ cue, value: 12.3, limit: 10, unit: 's' }] } : null });
          const states = [of('all_well', 0), of('starting', 0), of('poor_view', 0), of('no_buzzer', 0), of('nobody_watches', 0), of('no_link', 0),
            of('hint', 1, 'stress', 'heart_rate'), of('take_break', 2, 'fatigue', 'perclos60'), of('take_break', 3, 'fatigue', 'perclos60'),
            ...[2, 3, 4].map(level => of('wake_up', level, 'eyes_closed', 'eyes_closed')),
            ...[2, 3, 4].map(level => of('eyes_on_road', level, 'long_look_away', 'eyes_off_road')),
            of('eyes_on_road', 2, 'many_look_aways', 'eyes_off_road_30s'), of('eyes_on_road', 2, 'phone', 'phone')];
          const isGreen = colour => { const [r, g, b, a = 1] = colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0]; return a > 0 && g > 60 && g > 1.15 * r && g > 1.15 * b; };
          // What the device says meanwhile must not draw over it.
          const view = document.createElement('main');
          view.id = 'view';
          document.getElementById('view').replaceWith(view);
          root.dataset.view = 'now';
          for (let turn = 0; turn < 2; turn++, nextLanguage(true)) for (const theme of ['light', 'dark', 'night']) for (const second of states) {
            root.dataset.theme = theme;
            root.dataset.state = second.glance.state;
            if (second.alert) root.dataset.alert = second.glance.level; else delete root.dataset.alert;
            const node = panel(second, { heard: false, onHeard: () => {} }), name = `${second.glance.state} ${second.glance.level} ${theme} ${language()}`;
            view.replaceChildren(node);
            const box = node.getBoundingClientRect(), said = node.querySelector('.said').getBoundingClientRect(), reply = node.querySelector('.reply').getBoundingClientRect();
            if (box.width * box.height < .6 * innerWidth * innerHeight) faults.push(`${name}: fills ${(100 * box.width * box.height / innerWidth / innerHeight).toFixed(0)} %`);
            if (said.top < box.top - 1 || said.bottom > reply.top + 1 || reply.bottom > box.bottom + 1 || root.scrollWidth > innerWidth || node.scrollWidth > node.clientWidth + 1)
              faults.push(`${name}: cut off`);
            const tabs = document.querySelector('nav').getBoundingClientRect();
            if (tabs.top > innerHeight / 2 && reply.bottom > tabs.top + 1) faults.push(`${name}: the tabs lie on the buttons`);
            const text = node.querySelector('.headline').firstChild, range = document.createRange();
            for (const part of text.data.matchAll(/\S+/g)) {
              range.setStart(text, part.index);
              range.setEnd(text, part.index + part[0].length);
              if (range.getClientRects().length > 1) faults.push(`${name}: breaks ${part[0]}`);
            }
            if (!second.alert && !['no_buzzer', 'nobody_watches', 'no_link', 'poor_view'].includes(second.glance.state)) continue;
            for (const one of document.querySelectorAll('nav a, .glance, .glance *')) {
              const style = getComputedStyle(one);
              if ([style.color, style.backgroundColor, style.borderTopColor, style.stroke].some(isGreen)) faults.push(`${name}: green ${one.className}`);
            }
          }
          return faults;
        }
        """;

    [Theory]
    [InlineData(320, 568, "de", true)]
    [InlineData(390, 844, "de", false)]
    [InlineData(1440, 900, "de", true)]
    [InlineData(1440, 900, "en", false)]
    public async Task Nothing_is_cut_off_and_everything_stands_out(int width, int height, string language, bool dark)
    {
        var page = await browser.OpenAsync("/#parts", width, height, dark);
        if (language == "de") await page.ClickAsync("#language");
        foreach (var view in Views)
        {
            await page.ClickAsync(
                view == "details" ? ".glance a[href='#details']"
                : view == "history" ? "#view a[href='#history']"
                : $"nav a[href='#{view}']");
            if (view == "now") await Expect(page.Locator(".glance")).ToBeVisibleAsync();
            if (view == "details") await Expect(page.Locator("[data-state=fatigue]")).ToBeVisibleAsync();
            if (view == "aim")
            {
                await page.Locator("button.strong").ClickAsync();
                await CabBrowser.SeePictures(page, 3);
            }

            if (view == "today") await Expect(page.Locator(".timeline li").First).ToBeVisibleAsync();
            if (view == "history") await Expect(page.Locator(".calendar")).ToBeVisibleAsync();
            if (view == "me") await Expect(page.Locator("[data-consent=anger]")).ToBeVisibleAsync();
            if (view == "parts") await Expect(page.Locator("[data-part=version]")).ToBeVisibleAsync();
            Assert.Empty(await page.EvaluateAsync<string[]>(Clipped));
            Assert.Empty(await page.EvaluateAsync<string[]>(Faint));
            await CabBrowser.Shoot(page, $"look-{width}-{language}-{(dark ? "dark" : "light")}-{view}");
        }
    }

    /// <summary>Every state of the device in every size of a display, in both languages and all colours.</summary>
    [Fact]
    public async Task At_a_glance_one_state_fills_the_screen_and_an_alarm_is_nothing_but_the_alarm()
    {
        var page = await browser.OpenAsync("/#now");
        await Expect(page.Locator(".glance")).ToBeVisibleAsync();
        var faults = new List<string>();
        foreach (var (width, height) in new[] { (390, 844), (844, 390), (800, 480), (1024, 600), (1280, 800) })
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var one in await page.EvaluateAsync<string[]>(Glances)) faults.Add($"{width}x{height} {one}");
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task In_a_kiosk_the_screen_dims_while_all_is_well_and_an_alert_wakes_it()
    {
        var page = await browser.OpenAsync("/");
        await page.Clock.InstallAsync();
        var second = """{ "glance": { "state": "all_well", "level": 0 }, "alert": null, """;
        // The device's own stream has an end each time, and is opened again at once.
        await page.RouteAsync("**/api/live", route => route.FulfillAsync(new()
        {
            ContentType = "text/event-stream",
            Body = $$"""
                retry: 200
                event: now
                data: {{second}} "scores": null, "heart": null, "sight": "driver", "lacking": [], "allowed": ["camera"], "aiming": false }


                """,
        }));
        await page.GotoAsync(browser.Service.Address + "/?kiosk#today");
        await Expect(page.Locator("html[data-view=today]:not([data-dim])")).ToHaveCountAsync(1);
        await Expect(page.Locator("header")).ToBeHiddenAsync();
        await Expect(page.Locator("nav")).ToBeHiddenAsync();

        await page.Clock.FastForwardAsync(61_000);
        await Expect(page.Locator("html[data-dim][data-view=now][data-state=all_well]")).ToHaveCountAsync(1);

        second = """
            { "glance": { "state": "wake_up", "level": 3 },
            "alert": { "rule": "eyes_closed", "state": "fatigue", "level": 3, "why": [] },
            """.ReplaceLineEndings(" ");
        await Expect(page.Locator("html[data-state=wake_up]:not([data-dim]) .glance[data-level='3']")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Who_wants_less_motion_gets_none()
    {
        var page = await browser.OpenAsync("/#me");
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await Expect(page.Locator("[data-consent=camera]")).ToBeVisibleAsync();
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('*')].flatMap(one => [getComputedStyle(one), getComputedStyle(one, '::after')])
              .filter(style => style.transitionDuration !== '0s' || style.animationName !== 'none').map(style => style.transition)
            """));
    }
}
