using System.Globalization;
using System.Text.Json;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Intake;

/// <summary>
/// The vehicle's own program, enrolled, killed while it tells the receiver of alerts. In the long form its driver is the demo's,
/// who falls asleep; in the short one the alerts are about a camera that is missing.
/// </summary>
public sealed class VehicleKillTests : IDisposable
{
    private static readonly int Vehicles = LongForm.IsWanted ? 3 : 1, KillsEach = LongForm.IsWanted ? 8 : 2;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_again_and_again_vehicles_lose_and_double_nothing()
    {
        await using var fleet = await EnrolledFleet.StartAsync(_folder);
        await Task.WhenAll(Enumerable.Range(1, Vehicles).Select(number => LiveAsync(fleet, $"veh-{number:0000}")));

        if (LongForm.IsWanted) Assert.True(await fleet.CountAsync("select count(*) from event where type = 1 and kind = 1") > 0);
        Assert.Equal(0, await fleet.CountAsync("select count(*) from finding"));
    }

    private static string Camera => LongForm.IsWanted
        ? JsonSerializer.Serialize(new { Kind = "Portrait", Source = SourceTree.Path("models", "portrait") })
        : EnrolledFleet.NoCamera;

    private static async Task LiveAsync(EnrolledFleet fleet, string vehicle)
    {
        var (settings, state) = await fleet.EnrolAsync(vehicle, Camera);
        for (var kill = 0; kill < KillsEach; kill++)
        {
            await using var life = VehicleProgram.Start("run", "--config", settings);
            var before = await CountAsync(fleet, vehicle);
            // The first message of a start is stored now; others are on the disk, under way, or not yet there.
            await Eventually.Sees("an event of this start", async () => await CountAsync(fleet, vehicle) > before);
            if (LongForm.IsWanted) await Task.Delay(TimeSpan.FromSeconds(25 + kill));
            await life.KillAsync();
        }

        await using var last = VehicleProgram.Start("run", "--config", settings);
        await Eventually.Sees("everything, and news of the last start", async () =>
            await NewestStartAsync(fleet, vehicle) == StartsOf(state) && await MissingAsync(fleet, vehicle) == 0);
        Assert.Equal(1, await fleet.CountAsync($"select count(distinct epoch) {EventsOf(vehicle)}"));
        Assert.Equal(
            await CountAsync(fleet, vehicle), await fleet.CountAsync($"select count(distinct seq) {EventsOf(vehicle)}"));
    }

    /// <summary>Numbers below the newest that have not come: whatever was given one must come.</summary>
    private static Task<long> MissingAsync(EnrolledFleet fleet, string vehicle) =>
        fleet.CountAsync($"select coalesce(max(seq), 0) - count(distinct seq) {EventsOf(vehicle)}");

    private static Task<long> NewestStartAsync(EnrolledFleet fleet, string vehicle) =>
        fleet.CountAsync($"select coalesce(max(boot), 0) {EventsOf(vehicle)}");

    private static Task<long> CountAsync(EnrolledFleet fleet, string vehicle) => fleet.CountAsync($"select count(*) {EventsOf(vehicle)}");

    private static string EventsOf(string vehicle) =>
        $"from event where vehicle_id = (select id from vehicle where name = '{vehicle}')";

    /// <summary>As the vehicle itself counts them.</summary>
    private static long StartsOf(string state) => Directory.GetFiles(state, "boot", SearchOption.AllDirectories) is [var file]
        ? long.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : -1;
}
