using Microsoft.Playwright;

namespace DriverMonitor.Tests.Web;

/// <summary>A real browser without a screen, and one service for all tests of the page: both take seconds to start.</summary>
public sealed class CabBrowser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowserContext? _visitor;
    private CabService? _service;

    internal string Clip { get; } = CabService.MakeClip();

    internal CabService Service => _service!;

    /// <summary>Where screenshots go, to be looked at; never into the project.</summary>
    internal static string Shots { get; } =
        Environment.GetEnvironmentVariable("DRIVERMONITOR_SHOTS") ?? Directory.CreateTempSubdirectory("page-shots").FullName;

    public async Task InitializeAsync()
    {
        // A page on a busy machine may need long for what it does; what never comes is found all the same.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync(_playwright);
        _service = await CabService.StartAsync(Clip);
    }

    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
                Timeout = 120_000,
            }
        );

    /// <summary>A new visitor; the one before leaves.</summary>
    internal async Task<IPage> OpenAsync(
        string path = "/", int width = 390, int height = 844, bool dark = true, string? address = null)
    {
        if (_visitor is not null)
            await _visitor.CloseAsync();
        var visitor = _visitor = await _browser!.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                Locale = "en-GB",
            }
        );
        visitor.SetDefaultTimeout(60_000);
        await visitor.AddInitScriptAsync($"localStorage.getItem('theme') ?? localStorage.setItem('theme', '{(dark ? "dark" : "light")}')");
        var page = await visitor.NewPageAsync();
        await page.GotoAsync((address ?? Service.Address) + path);
        return page;
    }

    internal static Task Shoot(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name + ".png") });

    /// <summary>Waits until the page has drawn so many live pictures.</summary>
    internal static Task SeePictures(IPage page, int count) =>
        page.WaitForFunctionAsync("count => Number(document.querySelector('canvas')?.dataset.shots ?? 0) >= count", count);

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_service is not null) await _service.DisposeAsync();
        File.Delete(Clip);
    }
}
