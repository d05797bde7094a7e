using System.Diagnostics;
using DriverMonitor.Tests.HeartRate.Bluetoothd;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using static Microsoft.Playwright.Assertions;

namespace DriverMonitor.Tests.Web;

/// <summary>What the page says about a strap, from the radio to a real browser.</summary>
public sealed class PartsTests(CabBrowser browser) : IClassFixture<CabBrowser>, IDisposable
{
    private const string Ours = "A0:9E:1A:00:11:22";

    private readonly string _folder = Directory.CreateTempSubdirectory("parts").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_strap_is_shown_with_its_battery_where_it_is_worn_and_what_to_do_when_it_is_gone()
    {
        var port = Loopback.FreePort();
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10 beats=0.8 battery=64");
        var settings = Path.Combine(_folder, "settings.json");
        await File.WriteAllTextAsync(settings, $$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" },
                "Privacy": { "OnPaper": "Heart" }, "Web": { "Port": {{port}} },
                "HeartRate": { "Bluetooth": { "Addresses": ["{{Ours}}"] } } } }
            """);
        using var service = bluez.StartProgram("run", "--config", settings);
        service.OutputDataReceived += (_, _) => { };
        service.ErrorDataReceived += (_, _) => { };
        service.BeginOutputReadLine();
        service.BeginErrorReadLine();
        try
        {
            using var client = new HttpClient();
            await Eventually.Sees("the page", () => Answers(client, port), withinSeconds: 90);
            var page = await browser.OpenAsync("/#parts", address: $"http://127.0.0.1:{port}");
            var strap = page.Locator("[data-part=heart]");
            await Expect(strap).ToContainTextAsync("Polar_H10 · battery 64 % · worn on: chest", new() { Timeout = 60_000 });
            await Expect(strap).ToHaveAttributeAsync("data-ok", "true");
            await Expect(strap).ToContainTextAsync("gives its pulse");
            await CabBrowser.Shoot(page, "parts-strap");

            await bluez.Report($"set {Ours} present=0");
            await Expect(strap).ToHaveAttributeAsync("data-ok", "false", new() { Timeout = 60_000 });
            await Expect(strap).ToContainTextAsync("wet its electrodes", new() { Timeout = 60_000 });
            await page.ClickAsync("#language");
            await Expect(strap).ToContainTextAsync("Elektroden anfeuchten", new() { Timeout = 60_000 });
            await CabBrowser.Shoot(page, "parts-strap-gone");
        }
        finally
        {
            using var kill = Process.Start("kill", ["-TERM", $"{service.Id}"]);
            await service.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        }
    }

    private static bool Answers(HttpClient client, int port)
    {
        try
        {
            using var answer = client.Send(new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/health/live"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
