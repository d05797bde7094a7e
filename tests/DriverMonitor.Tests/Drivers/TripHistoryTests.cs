using DriverMonitor.Audit;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.Support;
using DriverMonitor.Drivers;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Drivers;

/// <summary>What stays of a driver's trips when the ignition goes off, and what must not.</summary>
public sealed class TripHistoryTests : IDisposable
{
    private const string Sleepy = "60s blinking speed 80 heart 70; 4s shut; 120s blinking; 2s shut; 60s blinking";

    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.FromHours(2));

    private readonly string _folder = Directory.CreateTempSubdirectory("trips").FullName;
    private readonly ListLogger<TripHistory> _log = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ProfileSettings Settings => new() { Folder = _folder, Driver = "anna" };

    private TripHistory History => new(Settings, _log);

    [Fact]
    public void A_trip_stays_with_its_alerts_and_averages()
    {
        using (var sink = new TripHistorySink(History)) Judge(sink, Sleepy, Modalities.All);

        var trip = Assert.Single(History.Read());
        Assert.Equal((Noon, true), (trip.Began, trip.ClockTrusted));
        Assert.InRange(trip.Seconds, 240, 247);
        Assert.Equal(["eyes_closed", "eyes_closed"], trip.Alerts.Select(alert => alert.Rule).Where(rule => rule == "eyes_closed"));
        Assert.Equal(3, trip.Alerts[0].Level);
        Assert.InRange(trip.Alerts[0].At, 61, 62);
        Assert.NotNull(trip.Alerts[0].Seconds);
        Assert.Equal((1, 1), (trip.Sleeps, trip.Microsleeps));
        Assert.InRange(trip.Perclos!.Value, 0.005, 0.2);
        Assert.InRange(trip.RestingPulse!.Value, 66, 72);
    }

    [Fact]
    public async Task What_the_power_cut_off_is_there_at_the_next_start_and_once()
    {
        var sink = new TripHistorySink(History);
        await KeptAsync(sink, Judge(sink, Sleepy, Modalities.All));

        // The next ignition: what lay in the middle is over. A cut between its two files leaves both.
        File.Copy(Path.Combine(_folder, "anna.trip.json"), Path.Combine(_folder, "copy"));
        using (new TripHistorySink(History)) Assert.Single(History.Read());
        File.Move(Path.Combine(_folder, "copy"), Path.Combine(_folder, "anna.trip.json"));
        Assert.Single(History.Read());
        File.WriteAllText(Path.Combine(_folder, "anna.history.json.new"), "[{\"Id\":\"ha");
        Assert.Single(History.Read());
        using (var next = new TripHistorySink(History)) Judge(next, Sleepy, Modalities.All);
        Assert.Equal(2, History.Read().Count);
    }

    //  what is allowed                          alerts   PERCLOS  pulse
    [Theory]
    [InlineData(Modalities.None, null, false, false)]
    [InlineData(Modalities.Heart, 0, false, true)]
    [InlineData(Modalities.Camera, 2, true, false)]
    public void Only_what_the_driver_allows_is_kept(Modalities allowed, int? alerts, bool hasEyes, bool hasPulse)
    {
        using (var sink = new TripHistorySink(History)) Judge(sink, Sleepy, allowed);

        var trip = History.Read().SingleOrDefault();
        Assert.Equal(alerts, trip?.Alerts.Count(alert => alert.Rule == "eyes_closed"));
        Assert.Equal((hasEyes, hasPulse), (trip?.Perclos is not null, trip?.RestingPulse is not null));
    }

    [Fact]
    public async Task What_is_withdrawn_on_the_way_goes_from_the_trip_that_goes_on()
    {
        var sink = new TripHistorySink(History);
        var pipeline = Judge(sink, Sleepy, Modalities.All);
        await KeptAsync(sink, pipeline);
        var seen = new Observation(TimeSpan.FromSeconds(260), Allowed: Modalities.None);
        sink.Emit(seen, pipeline.Step(seen));
        sink.Dispose();

        Assert.Empty(History.Read());
    }

    [Fact]
    public async Task Who_is_erased_has_no_trips_and_the_drive_that_goes_on_writes_none()
    {
        var sink = new TripHistorySink(History);
        var pipeline = Judge(sink, Sleepy, Modalities.All);
        await KeptAsync(sink, pipeline);
        var rights = new DriverRights(
            Settings, _folder, new AuditLog(_folder, TimeProvider.System), TimeProvider.System, NullLogger.Instance);
        Assert.Contains("trip.json", rights.Export("anna"), StringComparison.Ordinal);

        Assert.True(rights.Erase("anna").Files >= 1);
        foreach (var seen in Later(Drive.Of(Sleepy), 260)) sink.Emit(seen, pipeline.Step(seen));
        sink.Dispose();

        Assert.Empty(History.Read());
        Assert.DoesNotContain(Directory.GetFiles(_folder), file => Path.GetFileName(file).Contains("trip", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trips_can_be_deleted_alone_and_the_next_minute_begins_a_new_one()
    {
        var history = History;
        var sink = new TripHistorySink(history);
        var pipeline = Judge(sink, Sleepy, Modalities.All);
        await KeptAsync(sink, pipeline);
        Assert.Equal(1, history.Delete());
        foreach (var seen in Later(Drive.Of("90s blinking speed 80"), 260)) sink.Emit(seen, pipeline.Step(seen));
        sink.Dispose();

        Assert.Equal(0, Assert.Single(history.Read()).AlertCount);
    }

    [Fact]
    public void Nothing_is_kept_for_longer_than_is_said_and_an_unsure_day_counts_from_the_first_sure_one()
    {
        var old = new DriverTrip { Id = "old", Began = Noon.AddDays(-TripHistory.RetentionDays), ClockTrusted = true };
        var young = new DriverTrip { Id = "young", Began = Noon.AddDays(1 - TripHistory.RetentionDays), ClockTrusted = true };
        var unsure = new DriverTrip { Id = "unsure", Began = DateTimeOffset.UnixEpoch };

        Assert.Equal(3, TripHistory.Retain([old, unsure, young], now: null).Count);
        var kept = TripHistory.Retain([old, unsure, young], Noon);
        Assert.Equal(["unsure", "young"], kept.Select(trip => trip.Id));
        Assert.Empty(TripHistory.Retain(kept, Noon.AddDays(TripHistory.RetentionDays)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[null]")]
    [InlineData("[{\"Id\":\"a\",\"Seconds\":-1}]")]
    [InlineData("{\"Id\":\"a\"}")]
    public void A_damaged_file_is_set_aside_and_history_begins_anew(string content)
    {
        File.WriteAllText(Path.Combine(_folder, "anna.history.json"), content);

        Assert.Empty(History.Read());
        Assert.True(File.Exists(Path.Combine(_folder, "anna.history.json.damaged")));
        Assert.Contains(_log.Lines, line => line.Contains("set aside", StringComparison.Ordinal));
    }

    /// <summary>Drives on until the trip is on the disk with its alerts.</summary>
    private Task KeptAsync(TripHistorySink sink, MonitorPipeline pipeline)
    {
        var at = TimeSpan.FromSeconds(247);
        return Eventually.Sees("the trip on the disk", () =>
        {
            var seen = new Observation(at += TimeSpan.FromMilliseconds(1), Vehicle: new(80));
            sink.Emit(seen, pipeline.Step(seen));
            return History.Read() is [{ AlertCount: >= 2 }];
        });
    }

    private static MonitorPipeline Judge(TripHistorySink sink, string drive, Modalities allowed)
    {
        var pipeline = new MonitorPipeline(new MonitorSettings());
        var asked = new Observation(TimeSpan.Zero, Allowed: allowed, Wall: new(Noon, Trusted: true));
        sink.Emit(asked, pipeline.Step(asked));
        foreach (var seen in Drive.Of(drive)) sink.Emit(seen, pipeline.Step(seen));
        return pipeline;
    }

    private static IEnumerable<Observation> Later(IEnumerable<Observation> drive, double seconds) =>
        drive.Select(seen => seen with { At = seen.At + TimeSpan.FromSeconds(seconds) });
}
