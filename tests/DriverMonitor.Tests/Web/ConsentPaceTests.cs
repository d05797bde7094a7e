using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Mqtt;
using DriverMonitor.Recording;
using DriverMonitor.Tests.Support;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace DriverMonitor.Tests.Web;

/// <summary>
/// A switch on the page is obeyed within a second. Measured by the service's own clock: from the moment at which it accepted the
/// word to the last picture and the last pulse that it judged, showed and sent.
/// </summary>
public sealed class ConsentPaceTests(CabBrowser browser, ITestOutputHelper output) : IClassFixture<CabBrowser>
{
    private const int Second = 1000;

    [Fact]
    public async Task A_word_taken_back_holds_within_a_second_and_a_replay_agrees()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var fleet = await FleetEar.Fleet(broker.Address);
        await using var service = await CabService.StartAsync(browser.Clip, more: $$"""
            , "Recording": { "Folder": "STATE/recordings" }, "HeartRate": { "Mqtt": { "Enabled": true, "Broker": "{{broker.Address}}" } },
              "Mqtt": { "Brokers": ["{{broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001", "Privacy": "P2", "FirstConnectSpread": "00:00:00" }
            """);
        using var watch = new Watch(broker.Address);

        var page = await browser.OpenAsync("/#me", address: service.Address);
        await Click("heart", on: true);
        await page.EvaluateAsync("""
            () => {
              window.told = [];
              new EventSource('/api/live').addEventListener('now', event => {
                const now = JSON.parse(event.data);
                told.push({ time: now.time, pulse: now.heart?.bpm ?? null, sight: now.sight });
              });
            }
            """);
        await page.WaitForFunctionAsync("() => told.some(now => now.pulse !== null && now.sight === 'driver')");
        await Eventually.Sees(
            "the pulse at the fleet",
            () => States(fleet).Any(state => state.Contains("HeartRate", StringComparison.Ordinal)),
            withinSeconds: 120);

        await Click("heart", on: false);
        await page.WaitForTimeoutAsync(3 * Second);
        await Click("camera", on: false);
        await Eventually.Sees("the camera's program gone", () => !HasCamera(service.ProcessId), withinSeconds: 60);
        await page.WaitForTimeoutAsync(3 * Second);
        var said = Words(service.Folder);
        await Click("camera", on: true);
        await page.WaitForFunctionAsync("() => told.length > 0 && told[told.length - 1].sight === 'driver'");
        var told = (await page.EvaluateAsync<JsonElement>("() => told")).EnumerateArray().ToList();
        await service.StopAsync();

        // What the page was told after a second says nothing more of it.
        var shown = told.Select(now =>
                (
                    At: now.GetProperty("time").GetDateTimeOffset(),
                    Pulse: now.GetProperty("pulse").ValueKind,
                    Sight: now.GetProperty("sight").GetString()))
            .ToList();
        var back = shown.FindLastIndex(now => now.Sight == "asleep");
        Assert.All(shown.Where(now => now.At > said["heart"].AddSeconds(1)), now => Assert.Equal(JsonValueKind.Null, now.Pulse));
        Assert.All(
            shown.Take(back).Where(now => now.At > said["camera"].AddSeconds(1)), now => Assert.Equal("asleep", now.Sight));

        // Nor do the states that left the vehicle.
        Assert.All(
            States(fleet).Where(body => body.Contains("\"hr\":\"disabled\"", StringComparison.Ordinal)),
            body => Assert.DoesNotContain("HeartRate", body, StringComparison.Ordinal));

        // And the loop itself had stopped looking and listening.
        var drive = Assert.Single(DriveOnDisk.In(Path.Combine(service.Folder, "recordings")));
        var seen = new RecordingReader(drive.Parts).Read().OfType<RecordingItem.Seen>().Select(item => item.Observation).ToList();
        var (pulse, camera) = (Delay(seen, said["heart"], Modalities.Heart), Delay(seen, said["camera"], Modalities.Camera));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Obeyed after {pulse:F0} ms (pulse) and {camera:F0} ms (camera)."));
        Assert.True(pulse < Second && camera < Second, $"{pulse} and {camera} ms");

        var (code, verdict, errors) = await TheProgram.RunAsync("replay", Path.Combine(service.Folder, "recordings"));
        Assert.True(code == 0, errors);
        Assert.Contains("The same was said as during the drive, to the byte.", verdict, StringComparison.Ordinal);

        async Task Click(string modality, bool on)
        {
            var control = page.Locator($"[data-consent={modality}] [role=switch]");
            await Expect(control).ToHaveAttributeAsync("aria-checked", on ? "false" : "true");
            await control.ClickAsync();
            await Expect(control).ToHaveAttributeAsync("aria-checked", on ? "true" : "false");
        }
    }

    /// <summary>
    /// From a word to the first picture's time, or its absence's, after the loop obeyed it; nothing of it was judged from then
    /// on.
    /// </summary>
    private static double Delay(List<Observation> seen, DateTimeOffset said, Modalities sense)
    {
        // The switch that was said last before the loop obeyed: the page may have switched the same sense on and off before.
        var obeyed = seen.FindIndex(one =>
            one.Allowed is { } allowed && (allowed & sense) == 0 && Clock(one.At) > said.AddMilliseconds(-50));
        Assert.True(obeyed >= 0);
        var until = seen.FindIndex(obeyed + 1, one => one.Allowed is { } allowed && (allowed & sense) != 0);
        Assert.All(
            seen.Skip(obeyed).Take(until < 0 ? seen.Count : until - obeyed),
            one =>
                Assert.True(
                    sense == Modalities.Heart
                        ? one.Heart?.BeatsPerMinute is null
                        : one.Face is null or { Sight: Sight.NoFrame or Sight.Asleep }));
        return (Clock(seen[obeyed].At) - said).TotalMilliseconds;

        DateTimeOffset Clock(TimeSpan at) =>
            seen.Where(one => one.Wall is not null && one.At <= at)
                .Select(one => one.Wall!.Value.Local + (at - one.At))
                .LastOrDefault();
    }

    /// <summary>When the service accepted each word.</summary>
    private static Dictionary<string, DateTimeOffset> Words(string folder)
    {
        var words = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "anna.consent.json"))).RootElement;
        return words.EnumerateObject().ToDictionary(word => word.Name, word => word.Value.GetProperty("at").GetDateTimeOffset());
    }

    private static bool HasCamera(int service) =>
        Directory
            .GetDirectories("/proc")
            .Any(process =>
            {
                try
                {
                    var state = File.ReadAllText(Path.Combine(process, "stat")).Split(") ")[1].Split(' ');
                    return int.Parse(state[1], CultureInfo.InvariantCulture) == service
                        && state[0] != "Z"
                        && File.ReadAllText(Path.Combine(process, "comm")).StartsWith("ffmpeg", StringComparison.Ordinal);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
                {
                    return false;
                }
            });

    private static IEnumerable<string> States(Subscriber fleet) =>
        fleet
            .Messages.Where(message => message.Topic.EndsWith("/state", StringComparison.Ordinal))
            .Select(message => message.Body);

    /// <summary>A watch on a wrist, five times a second.</summary>
    private sealed class Watch(BrokerAddress broker) : IDisposable
    {
        private readonly Process _process = Process.Start(
            "mosquitto_pub",
            [
                "-h",
                broker.Host,
                "-p",
                $"{broker.Port}",
                "-t",
                "dm/v1/acme/veh-0001/in/heart",
                "-m",
                """{"device":"watch-7","bpm":72,"rr":[833]}""",
                "--repeat",
                "100000",
                "--repeat-delay",
                "0.2",
            ]);

        public void Dispose()
        {
            _process.Kill();
            _process.Dispose();
        }
    }
}
