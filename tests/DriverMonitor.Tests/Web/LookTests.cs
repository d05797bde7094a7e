using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DriverMonitor.Tests.Web;

/// <summary>Whether everything can be read: on small screens, in long German words, by day and by night.</summary>
public sealed class LookTests(CabBrowser browser) : IClassFixture<CabBrowser>
{
    private static readonly string[] Views = ["now", "today", "me", "aim", "parts"];

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

    [Theory]
    [InlineData(320, 568, "de", true)]
    [InlineData(390, 844, "de", false)]
    [InlineData(1440, 900, "de", true)]
    [InlineData(1440, 900, "en", false)]
    public async Task Nothing_is_cut_off_and_everything_stands_out(int width, int height, string language, bool dark)
    {
        var page = await browser.OpenAsync("/", width, height, dark);
        if (language == "de") await page.ClickAsync("#language");
        await Expect(page.Locator("[data-state=fatigue]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        foreach (var view in Views)
        {
            await page.ClickAsync($"nav a[href='#{view}']");
            if (view == "aim")
            {
                await page.Locator("button.strong").ClickAsync();
                await CabBrowser.SeePictures(page, 3);
            }

            if (view == "today") await Expect(page.Locator(".timeline li").First).ToBeVisibleAsync();
            if (view == "me") await Expect(page.Locator("[data-consent=anger]")).ToBeVisibleAsync();
            if (view == "parts") await Expect(page.Locator("[data-part=version]")).ToBeVisibleAsync();
            Assert.Empty(await page.EvaluateAsync<string[]>(Clipped));
            Assert.Empty(await page.EvaluateAsync<string[]>(Faint));
            await CabBrowser.Shoot(page, $"look-{width}-{language}-{(dark ? "dark" : "light")}-{view}");
        }
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
