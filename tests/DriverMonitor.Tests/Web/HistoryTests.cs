using DriverMonitor.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace DriverMonitor.Tests.Web;

/// <summary>The driver's own trips, from a driver who falls asleep to a real browser, and gone when the driver says so.</summary>
public sealed class HistoryTests(CabBrowser browser) : IClassFixture<CabBrowser>
{
    [Fact]
    public async Task The_drive_that_goes_on_is_listed_with_its_alerts_and_can_be_deleted()
    {
        var file = Path.Combine(browser.Service.Folder, "anna.trip.json");
        await Eventually.Sees($"the trip in {file}\n{browser.Service.Log}", () => File.Exists(file) && File.ReadAllText(file).Contains("eyes_closed", StringComparison.Ordinal));
        var page = await browser.OpenAsync("/#history");
        var drive = page.Locator(".drives li").First;
        await Expect(drive).ToContainTextAsync("Eyes closed", new() { Timeout = 60_000 });
        await Expect(page.Locator(".calendar td[data-level='2'], .calendar td[data-level='3']")).ToHaveCountAsync(1);
        await Expect(page.Locator("#view")).ToContainTextAsync("drives of the last 90 days lie on this device alone");
        await CabBrowser.Shoot(page, "history-phone");

        await page.ClickAsync("#forget-trips");
        await page.ClickAsync("#view .danger:not(#forget-trips)");
        await Expect(page.Locator("#notice")).ToHaveTextAsync("Your drives are deleted.", new() { Timeout = 60_000 });
        Assert.False(File.Exists(Path.Combine(browser.Service.Folder, "anna.history.json")));
    }
}
