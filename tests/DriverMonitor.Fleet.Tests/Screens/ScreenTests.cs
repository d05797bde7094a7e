using Deque.AxeCore.Playwright;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DriverMonitor.Fleet.Tests.Screens;

/// <summary>Whether every screen can be read and worked, in every size, by day and night, in both languages, without a mouse.</summary>
public sealed class ScreenTests(ConsoleBench bench) : IClassFixture<ConsoleBench>
{
    private const int MostTabs = 120;

    private static readonly string[] Screens =
        ["now", "vehicles", "vehicle", "month", "episode", "coverage", "trends", "disputes", "orders", "privacy", "people"];

    /// <summary>What is cut off or reaches over the edge. What scrolls by itself, and a name that ends in dots, may.</summary>
    private const string Clipped = """
        () => [...document.querySelectorAll('body *')]
          .filter(one => one.checkVisibility() && !one.closest('svg, pre, canvas, .skip, .chart, .rows .body, .scroll, option') && getComputedStyle(one).display !== 'inline')
          .filter(one => !(one.matches('thead') || one.closest('thead')) && (one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 && !one.matches('input, select, textarea')
            || one.getBoundingClientRect().right > innerWidth + 1))
          .map(one => one.outerHTML.slice(0, 90))
        """;

    public static TheoryData<int, int, string, bool> Sizes
    {
        get
        {
            if (!LongForm.IsWanted)
                return new() { { 360, 740, "de-DE", true }, { 1280, 800, "en-GB", false } };
            var all = new TheoryData<int, int, string, bool>();
            foreach (var (width, height) in new[] { (360, 740), (390, 844), (1280, 800), (1920, 1080) })
                foreach (var language in new[] { "de-DE", "en-GB" })
                    foreach (var isDark in new[] { false, true }) all.Add(width, height, language, isDark);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Nothing_is_cut_off_and_axe_finds_nothing(int width, int height, string language, bool isDark)
    {
        var page = await bench.OpenAsync("now", width, height, isDark, language);
        List<string> faults = [];
        foreach (var screen in Screens)
        {
            var address = await AddressOfAsync(screen);
            await page.EvaluateAsync("hash => { location.hash = hash; }", address);
            await Expect(page.Locator($"html[data-at='#{address}'] main h1")).ToBeVisibleAsync();
            await Expect(page.Locator("main .skeleton")).ToHaveCountAsync(0);
            await ConsoleBench.ShootAsync(page, $"{screen}-{width}-{language[..2]}-{(isDark ? "dark" : "light")}");
            foreach (var fault in await page.EvaluateAsync<string[]>(Clipped)) faults.Add($"{screen}: cut off: {fault}");
            var axe = await page.RunAxe();
            foreach (var one in axe.Violations)
                faults.Add($"{screen}: {one.Id}: {one.Nodes[0].Html[..Math.Min(160, one.Nodes[0].Html.Length)]} ({one.Nodes.Length})");
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_review_and_an_order_are_done_without_a_mouse_and_a_dispute_stays()
    {
        var page = await bench.OpenAsync("disputes", 1280, 800, isDark: false, "en-GB");
        await Expect(page.Locator(".inbox a").First).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Raspberry Pi camera");
        await TabToAsync(page, ".inbox a");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".verdicts")).ToBeVisibleAsync();
        await TabToAsync(page, "input[name=verdict]");
        await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, "button.strong");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#notice")).ToContainTextAsync("Nothing was deleted");
        await Expect(page.Locator("main")).ToContainTextAsync("disputed");

        await TabToAsync(page, "#tabs a[href='#orders']");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#to")).ToBeVisibleAsync();
        await TabToAsync(page, "#to");
        await page.Keyboard.TypeAsync("sim-00001, sim-09999");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".verdict")).ToContainTextAsync("sim-09999");
        Assert.Equal(0, await bench.Fleet.CountAsync("select count(*) from orders"));
        await TabToAsync(page, "button.strong");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main table")).ToContainTextAsync("Find a fault");

        Assert.Equal(1, await bench.Fleet.CountAsync("select count(*) from orders where name = 'locate-fault' and asked_by = 'user:anna'"));
        Assert.Equal(1, await bench.Fleet.CountAsync("select count(*) from episode where review is not null and disputed_at is not null"));
    }

    [Fact]
    public async Task An_alert_appears_by_itself()
    {
        var page = await bench.OpenAsync("now", 1280, 800, isDark: true, "en-GB");
        await Expect(page.Locator("#lamp[data-state=live]")).ToBeVisibleAsync();
        var seed = new Seed(bench.Fleet.Store.Database);
        await seed.EventAsync(11, 9_001, Fleet.Wire.EventType.Raised, episode: "9-9001", kind: Fleet.Wire.EventKind.Fatigue);
        await Expect(page.Locator($".inbox a[href*='{Seed.EpochText}/9-9001']")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_stored_script_is_text_on_every_screen()
    {
        await HostileWords.StoreAsync(bench.Fleet, vehicle: 12);
        var page = await bench.OpenAsync("now", 1280, 800, isDark: false, "en-GB");
        string[] addresses =
        [
            "now", "vehicles", "vehicle/" + await NameOfAsync(12), $"episode/{await NameOfAsync(12)}/{Seed.EpochText}/9-9012", "coverage", "disputes",
            "orders", "privacy", "people",
        ];
        foreach (var address in addresses)
        {
            await page.EvaluateAsync("hash => { location.hash = hash; }", address);
            if (address == "vehicles") await page.FillAsync("#search", await NameOfAsync(12));
            await Expect(page.Locator("main")).ToContainTextAsync("<img");
            Assert.Equal((address, false), (address, await page.EvaluateAsync<bool>("() => 'owned' in window")));
            Assert.Equal((address, 0), (address, await page.Locator("main img, main script, main svg, main [onerror]").CountAsync()));
        }
    }

    /// <summary>Only by the key: whatever cannot be reached so is not there for many people.</summary>
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var i = 0; i < MostTabs; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("what => document.activeElement.matches(what) && !document.activeElement.disabled", selector)) return;
        }

        Assert.Fail($"{selector} cannot be reached by the keyboard");
    }

    private async Task<string> AddressOfAsync(string screen)
    {
        if (screen == "month") return $"vehicle/sim-00009/{TimeProvider.System.GetUtcNow():yyyy-MM}";
        if (screen == "vehicle") return "vehicle/sim-00009";
        if (screen != "episode") return screen;
        var epoch = await bench.Fleet.CountAsync("select epoch from episode where vehicle_id = 9 and kind in (1, 2) limit 1");
        await using var connection = await bench.Fleet.Store.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        var episode = await connection.ScalarAsync<string>("select episode from episode where vehicle_id = 9 and kind in (1, 2) limit 1", default);
        return $"episode/{await NameOfAsync(9)}/{Fleet.Wire.Names.Epoch(epoch)}/{episode}";
    }

    private async Task<string> NameOfAsync(int vehicle)
    {
        await using var connection = await bench.Fleet.Store.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        return (await connection.ScalarAsync<string>("select name from vehicle where id = @id", default, ("id", vehicle)))!;
    }
}
