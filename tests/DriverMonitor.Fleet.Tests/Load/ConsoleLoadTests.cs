using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace DriverMonitor.Fleet.Tests.Load;

/// <summary>
/// What the console bears: ten thousand vehicles with a quarter of a year behind them, a thousand events a second, somebody at every
/// screen. Only in its long form (<c>tests/long/console-load.sh</c>): it takes the machine for minutes.
/// </summary>
public sealed class ConsoleLoadTests(ITestOutputHelper output) : IDisposable
{
    private const int ASecond = 1_000, Watchers = 5, Askers = 4;

    private static readonly int Vehicles = Number("CONSOLE_LOAD_VEHICLES", 10_000);

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(Number("CONSOLE_LOAD_SECONDS", 300));

    private readonly TemporaryFolder _folder = new();
    private readonly string _password = RandomNumberGenerator.GetHexString(16);
    private readonly int _broker = Loopback.FreePort(), _web = Loopback.FreePort();
    private readonly CancellationTokenSource _end = new();

    public void Dispose()
    {
        _end.Dispose();
        _folder.Dispose();
    }

    [LongTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Alerts_are_seen_within_two_seconds_and_answers_come_within_a_tenth(string kind)
    {
        var token = await PrepareAsync(kind);
        using var receiver = FleetProcess.Start(_folder.PathOf("fleet.json"));
        var address = new Uri($"http://127.0.0.1:{_web}");
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        FleetHost.Authorize(client, token);
        await Eventually.Sees("a ready receiver", async () => await IsReadyAsync(client));
        using var fleet = await PacedFleet.ConnectAsync(_broker, _password, Vehicles, default);
        var (stream, api, memory) = (new StreamWatch(client), new ApiUsers(client, Vehicles), new MemoryWatch(receiver.Id));
        var watching = Enumerable.Range(0, Watchers).Select(_ => stream.RunAsync(_end.Token)).ToList();
        await using var screen = await ScreenWatch.OpenAsync(address);

        var sending = fleet.SendAsync(ASecond, Length, default);
        watching.AddRange(Enumerable.Range(0, Askers).Select(number => api.RunAsync(number, _end.Token)));
        watching.Add(memory.RunAsync(_end.Token));
        await Task.Delay(Length * 0.6);
        var onScreen = await screen.AlertsAsync();
        var scrolling = await screen.ScrollAsync(TimeSpan.FromSeconds(Math.Min(30, Length.TotalSeconds * 0.2)));
        await sending;
        await Eventually.Sees("the last event", () => stream.Different >= fleet.Told);
        await _end.CancelAsync();
        await Task.WhenAll(watching);

        output.WriteLine($"{kind}: {Vehicles} vehicles, {fleet.Sent} events in {Length.TotalSeconds} s, {fleet.Told} told, {stream.Different} of them seen");
        foreach (var line in (object[])[stream.Delay, onScreen, api.All, .. api.Slowest, scrolling, memory]) output.WriteLine($"  {line}");
        Assert.Equal(fleet.Told, stream.Different);
        Assert.InRange(stream.Delay.At(0.99), 0, 2_000);
        Assert.InRange(onScreen.At(0.99), 0, 2_000);
        Assert.InRange(api.All.At(0.99), 0, 100);
        Assert.InRange(scrolling.At(1), 0, 200);
        Assert.InRange(memory.Growth, 0, 1.25);
    }

    /// <returns>A token that may read.</returns>
    private async Task<string> PrepareAsync(string kind)
    {
        var address = await Stores.AddressAsync(kind, _folder);
        var store = Stores.Open(address);
        await store.MigrateAsync(default);
        await History.WriteAsync(store.Database, Vehicles);
        var token = await new ApiTokens(store.Database, TimeProvider.System).CreateAsync(
            "load", "demo", [ApiToken.Read, ApiToken.Values], TimeSpan.FromDays(1), default);
        await new Accounts(store.Database, new FleetOptions { Tenants = Stores.Demo }, TimeProvider.System).PutAsync(
            "anna", PasswordHash.Of(Person.Password), [new("demo", "operator")], default);
        await store.Database.DisposeAsync();
        await File.WriteAllTextAsync(_folder.PathOf("fleet.json"), JsonSerializer.Serialize(new
        {
            Logging = new { LogLevel = new { Default = "Warning" } },
            Fleet = new
            {
                Store = address,
                Tenants = Stores.Demo,
                Broker = new
                {
                    LoopbackPort = _broker,
                    Users = Enumerable.Range(1, Vehicles).ToDictionary(Simulation.SimulatedFleet.NameOf, _ => _password),
                },
                Marks = new { KeyFile = _folder.PathOf("mark.key") },
                Web = new { Port = _web },
                Enrolment = new { Folder = _folder.PathOf("authority") },
            },
        }));
        return token;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int Number(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : usual;

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class LongTheoryAttribute : TheoryAttribute
    {
        public LongTheoryAttribute() => Skip = LongForm.IsWanted ? null : "Measured by tests/long/console-load.sh.";
    }
}
