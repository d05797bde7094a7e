using System.Globalization;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Mqtt;

public sealed class TripLogTests
{
    // Minutes and km/h (? for unknown with a driver in sight, - for unknown without), ! for an alert at the end of the stretch;
    // then the trips told: length in minutes, how it ended, alerts.
    public static TheoryData<string, string, string> Stories => new()
    {
        { "a trip ends where it parked", "5 0, 60 80, 20 0", "60 parked 0" },
        { "a short stop does not end it", "30 80, 10 0, 30 80, 20 0", "70 parked 0" },
        { "two trips", "30 80, 20 0, 10 50, 16 0", "30 parked 0, 10 parked 0" },
        { "a monitor that is stopped says what it has", "30 80!, 2 80!", "32 stopped 2" },
        { "alerts are counted with their trip", "30 80!, 20 0, 10 50!, 10 50!, 16 0", "30 parked 1, 20 parked 2" },
        { "moving it in the yard is no trip", "0.5 10, 20 0", "" },
        { "without a speed a driver in sight drives", "5 -, 60 ?, 16 -", "60 parked 0" },
        { "nobody was there", "60 -", "" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void Tells_a_trip_when_it_is_over(string story, string drive, string expected)
    {
        var trips = new TripLog(new("acme", "veh-0001", 1, 7, "1.2.0"));
        var told = new List<WireTrip?>();
        var at = TimeSpan.Zero;
        foreach (var stretch in drive.Split(", ").Select(text => text.TrimEnd('!').Split(' ')).Zip(drive.Split(", ")))
        {
            for (var end = at + TimeSpan.FromMinutes(double.Parse(stretch.First[0], CultureInfo.InvariantCulture)); at < end;)
            {
                at += TimeSpan.FromSeconds(1);
                var isLast = at >= end;
                told.Add(
                    trips.Step(
                        Update(at, stretch.First[1]),
                        new Outcome(at, default, default, isLast && stretch.Second.EndsWith('!') ? [Alert(at)] : [])));
            }
        }

        told.Add(trips.Stop());

        Assert.Equal(
            $"{story}: {expected}",
            $"{story}: "
                + string.Join(
                    ", ", told.OfType<WireTrip>()
                        .Select(trip =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{Math.Round(trip.Duration.TotalMinutes)} {(trip.IsParked ? "parked" : "stopped")} {trip.Alerts.Sum(alert => alert.Value)}"
                            ))));
    }

    [Fact]
    public void Health_is_told_every_five_minutes_and_counts_on()
    {
        var time = new FakeTimeProvider();
        var health = new HealthReport(time, () => 0.5);
        var told = new List<string>();
        for (var second = 0; second <= 800; second++)
        {
            health.Handle(Update(TimeSpan.Zero, "?"), default);
            if (health.TakeDue(default(OutboxCount)) is { } report) told.Add($"{second} {report.Pictures}");
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["300 301", "600 601"], told);
    }

    private static Observation Update(TimeSpan at, string speed) => speed switch
    {
        "?" => new(at, FaceReading.NoFace with { Sight = Sight.Driver }, Vehicle: new(null)),
        "-" => new(at, FaceReading.NoFace, Vehicle: new(null)),
        _ => new(at, FaceReading.NoFace, Vehicle: new(double.Parse(speed, CultureInfo.InvariantCulture))),
    };

    private static MonitorEvent.Alert Alert(TimeSpan at) =>
        new(at, AlertPhase.Raised, AlertRule.EyesClosed, AlertLevel.Warning, []);
}
