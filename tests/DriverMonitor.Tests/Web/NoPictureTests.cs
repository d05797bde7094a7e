using System.Text;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Web;

/// <summary>Somebody aims the camera while everything else runs; afterwards no trace of a picture is found anywhere.</summary>
public sealed class NoPictureTests(CabBrowser browser) : IClassFixture<CabBrowser>
{
    private static readonly (string Name, byte[] Bytes)[] Signs =
    [
        ("JPEG", [0xFF, 0xD8, 0xFF, 0xE0]), ("JPEG in base64", "/9j/4AAQ"u8.ToArray()), ("PNG", [0x89, .. "PNG\r\n"u8]), ("PNG in base64", "iVBORw0KGgo"u8.ToArray()),
    ];

    [Fact]
    public async Task Nothing_that_is_kept_logged_or_sent_holds_a_picture()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        await using var service = await CabService.StartAsync(browser.Clip, more: $$"""
            , "Recording": { "Folder": "STATE/recordings" }, "Mqtt": { "Brokers": ["{{broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001", "Privacy": "P2", "FirstConnectSpread": "00:00:00" }
            """);
        var page = await browser.OpenAsync("/#aim", address: service.Address);
        var sent = "";
        page.Request += (_, request) => sent += request.Url + request.PostData;
        await page.ClickAsync("button.strong");
        await CabBrowser.SeePictures(page, 10);
        await Eventually.Sees("an alert at the fleet", () => FleetEar.Alerts(fleet).Count > 0, withinSeconds: 90);
        await page.CloseAsync();
        await service.StopAsync();
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(service.Folder, "recordings")));

        foreach (var file in Directory.GetFiles(service.Folder, "*", SearchOption.AllDirectories)) Look(Path.GetFileName(file), Read(file));
        Look("the log", Encoding.UTF8.GetBytes(service.Log));
        Look("the page's requests", Encoding.UTF8.GetBytes(sent));
        foreach (var message in fleet.Messages) Look(message.Topic, Encoding.UTF8.GetBytes(message.Body));
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        // The reserve for bad times is made of zeros, and nothing else here is as large.
        var content = new byte[Math.Min(stream.Length, 16 << 20)];
        stream.ReadExactly(content);
        return content;
    }

    private static void Look(string where, ReadOnlySpan<byte> content)
    {
        foreach (var (name, bytes) in Signs) Assert.True(content.IndexOf(bytes) < 0, $"{where} holds the beginning of a {name}.");
    }
}
