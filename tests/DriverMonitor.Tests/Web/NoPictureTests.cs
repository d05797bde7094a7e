using System.Text;
using System.Text.Json;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Web;

/// <summary>Somebody aims the camera while everything else runs; afterwards no trace of a picture is found anywhere.</summary>
public sealed class NoPictureTests(CabBrowser browser) : IClassFixture<CabBrowser>
{
    private const int Width = 640, Height = 480;

    /// <summary>More than any message has, and less than the smallest picture.</summary>
    private const int LongestMessage = 8_000;

    [Fact]
    public async Task Nothing_that_is_kept_logged_or_sent_holds_a_picture_or_a_sound()
    {
        var sound = Sound();
        var heard = Path.Combine(Directory.CreateTempSubdirectory("sound").FullName, "heard.pcm");
        await File.WriteAllBytesAsync(heard, sound);
        var scan = new PictureScan(await PictureScan.RowsOf(browser.Clip, Width, Height), sound);
        Assert.True(scan.Rows > 10, $"{scan.Rows} rows of pixels to look for");
        await using var broker = await Mosquitto.StartAsync();
        await using var everybody = await Subscriber.StartAsync(
            new(), broker.Address, TimeProvider.System, CancellationToken.None, filter: "#");
        await using var service = await CabService.StartAsync(
            browser.Clip,
            more: $$"""
            , "Privacy": { "OnPaper": "Heart, Voice" }
            , "Voice": { "Enabled": true, "Command": "sh", "Arguments": ["-c", "while cat {{heard}}; do sleep 0.25; done"] }
            , "Recording": { "Folder": "STATE/recordings" }, "Mqtt": { "Brokers": ["{{broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001", "Privacy": "P2", "FirstConnectSpread": "00:00:00" }
            """);
        var page = await browser.OpenAsync("/#aim", address: service.Address);
        var sent = "";
        page.Request += (_, request) => sent += request.Url + request.PostData;
        await page.ClickAsync("button.strong");
        await CabBrowser.SeePictures(page, 10);
        await Eventually.Sees(
            "that it listens", () => service.Log.Contains("The microphone listens", StringComparison.OrdinalIgnoreCase), withinSeconds: 60);
        await Eventually.Sees("an alert at the fleet", () => FleetEar.Alerts(everybody).Count > 0, withinSeconds: 90);
        // The page itself is shown one: what looks for pictures must see it there.
        Assert.Equal("JPEG in base64", scan.Find(Encoding.UTF8.GetBytes(await page.EvaluateAsync<string>(OnePicture))));
        await page.CloseAsync();
        await service.StopAsync();
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(service.Folder, "recordings")));

        foreach (var file in Directory.GetFiles(service.Folder, "*", SearchOption.AllDirectories))
            Look(Path.GetFileName(file), Read(file));
        Look("the log", Encoding.UTF8.GetBytes(service.Log));
        Look("the page's requests", Encoding.UTF8.GetBytes(sent));
        foreach (var message in everybody.Messages)
        {
            Look(message.Topic, Encoding.UTF8.GetBytes(message.Body));
            Assert.InRange(message.Body.Length, 0, LongestMessage);
            // Bytes that are no text would not survive being read as text: everything that is sent is JSON.
            if (message.Body.Length > 0) JsonDocument.Parse(message.Body).Dispose();
        }

        void Look(string where, ReadOnlySpan<byte> content) => Assert.True(scan.Find(content) is null, $"{where} holds a {scan.Find(content)}.");
    }

    [Fact]
    public async Task A_picture_that_is_hidden_anywhere_is_found()
    {
        var rows = await PictureScan.RowsOf(browser.Clip, Width, Height);
        var scan = new PictureScan(rows, Sound());
        var random = new Random(7);
        var noise = new byte[300_000];
        random.NextBytes(noise);
        Assert.Null(scan.Find(noise));
        Assert.Null(scan.Find(Encoding.ASCII.GetBytes(Convert.ToBase64String(noise))));

        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, .. "JFIF"u8, 0, 1, 1],
            png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13];
        for (var before = 0; before < 6; before++)
        {
            foreach (var (name, picture) in new[] { ("JPEG", jpeg), ("PNG", png), ("row of pixels", rows[before]), ("piece of sound", Sound()[..1000]) })
            {
                byte[] hidden = [.. noise[..(1000 + before)], .. picture, .. noise[2000..3000]];
                Assert.Equal(name, scan.Find(hidden));
                Assert.Equal(
                    $"{name} in base64",
                    scan.Find(Encoding.ASCII.GetBytes($$"""{"why":"{{Convert.ToBase64String(hidden)}}"}""")));
            }

            Assert.Equal(
                "JPEG in hexadecimal",
                scan.Find(Encoding.ASCII.GetBytes(Convert.ToHexStringLower([.. noise[..before], .. jpeg]))));
        }
    }

    /// <summary>A quarter of a second of a noise that nothing else holds, as 16-bit samples.</summary>
    private static byte[] Sound()
    {
        var random = new Random(22);
        return [.. Enumerable.Range(0, 4_000).SelectMany(_ => BitConverter.GetBytes((short)random.Next(-4_000, 4_000)))];
    }

    /// <summary>The page's stream until the first picture is in it.</summary>
    private const string OnePicture = """
        () => new Promise(done => {
          const stop = new AbortController();
          setTimeout(() => done(''), 30000);
          location.hash = '#now';
          setTimeout(async () => {
            const session = await (await fetch('/api/session')).json();
            await fetch('/api/aim', { method: 'POST', headers: { 'X-Csrf-Token': session.csrf } });
            const reader = (await fetch('/api/aim/stream', { signal: stop.signal })).body.getReader();
            let text = '';
            while (!text.includes('jpeg')) text += new TextDecoder().decode((await reader.read()).value);
            stop.abort();
            done(text);
          }, 1000);
        })
        """;

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        // The reserve for bad times is made of zeros, and nothing else here is as large.
        var content = new byte[Math.Min(stream.Length, 16 << 20)];
        stream.ReadExactly(content);
        return content;
    }
}
