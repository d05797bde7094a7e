using DriverMonitor.Camera;
using DriverMonitor.Vision;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DriverMonitor.Tests.Web;

/// <summary>The live picture for aiming, from a camera through the real networks to a real browser.</summary>
public sealed class AimTests(CabBrowser browser) : IClassFixture<CabBrowser>
{
    [Fact]
    public async Task The_live_picture_shows_the_face_and_ends_with_the_page()
    {
        var page = await browser.OpenAsync("/#aim");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the live picture" }).ClickAsync();
        await CabBrowser.SeePictures(page, 5);
        await Expect(page.Locator(".hint")).ToHaveTextAsync("Good. The camera sees you well.", new() { Timeout = 60_000 });
        await Expect(page.Locator("#status")).ToHaveTextAsync("Live picture is on");
        await Expect(page.Locator(".sign-word b")).ToHaveTextAsync("Done", new() { Timeout = 60_000 });
        await Expect(page.GetByText("Tested and saved.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.True(File.Exists(Path.Combine(browser.Service.Folder, "aim.json")));
        await CabBrowser.Shoot(page, "aim-phone");

        await page.ClickAsync("nav a[href='#parts']");
        await Expect(page.Locator("#status")).Not.ToHaveTextAsync("Live picture is on");
        Assert.Equal(409, await page.EvaluateAsync<int>("() => fetch('/api/aim/stream').then(answer => answer.status)"));
        Assert.Contains("The live picture for aiming is off", browser.Service.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_presses_of_the_button_show_the_picture_on_the_open_page()
    {
        await using var cab = await CabOnBench.StartAsync(
            new PortraitCamera(
                Path.Combine(ModelStore.DefaultFolder(), "portrait"),
                new PortraitScript(TimeSpan.FromMinutes(30)),
                TimeProvider.System));
        var page = await browser.OpenAsync("/#aim", address: cab.Address);
        await Expect(page.Locator("#status")).ToContainTextAsync("Watching");

        await cab.PressAsync(times: 1);
        await page.WaitForTimeoutAsync(3000);
        await Expect(page.Locator("canvas")).ToBeHiddenAsync();
        Assert.Equal(0, cab.ChirpsInThrees);

        // A machine that is busy elsewhere may be too slow for one gesture.
        for (var tries = 0; tries < 20 && !await page.Locator("canvas").IsVisibleAsync(); tries++)
        {
            await cab.PressAsync(times: 3);
            await page.WaitForTimeoutAsync(3000);
        }

        await CabBrowser.SeePictures(page, 5);
        Assert.NotEqual(0, cab.ChirpsInThrees);
        await page.ClickAsync("nav a[href='#parts']");
        await Expect(page.Locator("#status")).Not.ToHaveTextAsync("Live picture is on");
        Assert.Equal(409, await page.EvaluateAsync<int>("() => fetch('/api/aim/stream').then(answer => answer.status)"));
    }
}
