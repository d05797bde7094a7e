using System.Security.Cryptography;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DriverMonitor.Fleet.Tests.Screens;

/// <summary>The real receiver with twenty simulated vehicles, and a real browser without a screen: both take seconds to start.</summary>
public sealed class ConsoleBench : IAsyncLifetime, IDisposable
{
    public const int Vehicles = 20;

    private readonly TemporaryFolder _folder = new();
    private readonly int _broker = Loopback.FreePort();
    private readonly string _password = RandomNumberGenerator.GetHexString(16);
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowserContext? _visitor;
    private FleetProgram? _fleet;

    internal FleetProgram Fleet => _fleet!;

    internal Uri Address => Fleet.Get<ApiServer>().Address!;

    /// <summary>Where screenshots go, to be looked at; never into the project.</summary>
    private static string Shots { get; } =
        Environment.GetEnvironmentVariable("DRIVERMONITOR_SHOTS") ?? Directory.CreateTempSubdirectory("console-shots").FullName;

    public async Task InitializeAsync()
    {
        SetDefaultExpectTimeout(60_000);
        var key = _folder.PathOf("console-1.key");
        using (var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256)) File.WriteAllText(key, fresh.ExportPkcs8PrivateKeyPem());
        _fleet = await FleetProgram.StartAsync(_folder, new
        {
            Store = _folder.PathOf("fleet.db"),
            Tenants = Stores.Demo,
            Broker = new { LoopbackPort = _broker, Users = Enumerable.Range(1, Vehicles).ToDictionary(SimulatedFleet.NameOf, _ => _password) },
            Marks = new { KeyFile = _folder.PathOf("mark.key") },
            Orders = new { KeyFile = key },
            Web = new { Port = 0 },
        });
        await Fleet.Get<Accounts>().PutAsync(
            "anna", PasswordHash.Of(Person.Password), [.. Roles.Known.Select(role => new RoleGrant("demo", role))], default);
        await SimulateAsync(Vehicles, hours: 2);
        await Eventually.Sees("every vehicle", async () => await Fleet.CountAsync("select count(*) from vehicle_now") == Vehicles);
        // Until they have signed off, what they said last may still come and change what is mixed below.
        await Eventually.Sees(
            "every vehicle's goodbye", async () => await Fleet.CountAsync("select count(*) from vehicle_now where status = 'offline'") == Vehicles);
        await MixAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
            Timeout = 120_000,
        });
    }

    /// <summary>So many vehicles drive so long, as fast as the broker takes it.</summary>
    internal Task SimulateAsync(int count, double hours) =>
        new SimulatedFleet("127.0.0.1", _broker, "demo", count, hours, 4, _password, TimeProvider.System).RunAsync(default);

    /// <summary>Somebody who has signed in, at a screen of that size; the visitor before leaves.</summary>
    internal async Task<IPage> OpenAsync(string screen, int width, int height, bool isDark, string language)
    {
        if (_visitor is not null) await _visitor.CloseAsync();
        _visitor = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = language,
            ReducedMotion = ReducedMotion.Reduce,
        });
        _visitor.SetDefaultTimeout(60_000);
        var page = await _visitor.NewPageAsync();
        await page.GotoAsync($"{Address}#{screen}");
        await page.FillAsync("#name", "anna");
        await page.FillAsync("#password", Person.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#tabs a").First).ToBeAttachedAsync();
        return page;
    }

    internal static Task ShootAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name + ".png"), FullPage = true });

    /// <summary>A fleet as it is: somebody stale, a covered camera, levels, a dispute, an erased word.</summary>
    private async Task MixAsync()
    {
        await using var connection = await Fleet.Store.Database.OpenAsync(FleetDatabase.EveryTenant, default);
        var now = Seed.Now;
        await connection.ExecuteAsync(
            "update vehicle_now set status = 'online', seen_at = @now where vehicle_id > 4; "
                + "update vehicle_now set status = 'online', seen_at = @stale, waiting = 214, oldest_s = 9000 where vehicle_id = 2; "
                + "update vehicle_now set status = 'online', seen_at = @overdue where vehicle_id = 3; "
                + "update vehicle_now set cam = 'covered' where vehicle_id = 5; update vehicle_now set hr = 'lost' where vehicle_id = 6; "
                + "update vehicle set privacy = 0 where id = 4; update vehicle set privacy = 2 where id in (7, 8); "
                + "update vehicle set version = '1.1.9' where id in (2, 3); update episode set disputed_at = last_at where vehicle_id in (5, 9); "
                + "update episode set cleared_at = null where vehicle_id = 10 and episode = '1-0001'; "
                + "insert into finding (vehicle_id, at, kind, detail) values (2, @now, 2, '100 to 140: quota')", default,
            ("now", now), ("stale", now - 3 * 86_400_000L), ("overdue", now - 3_000_000L));
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_fleet is not null) await _fleet.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();
}
