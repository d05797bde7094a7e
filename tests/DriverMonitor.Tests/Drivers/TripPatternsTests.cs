using DriverMonitor.Drivers;

namespace DriverMonitor.Tests.Drivers;

/// <summary>Trips of some weeks, and what is told of them.</summary>
public sealed class TripPatternsTests
{
    private static readonly DateTimeOffset Today = new(2026, 6, 30, 20, 0, 0, TimeSpan.FromHours(2));

    //  trips: days ago, hour, length in hours, alerts at these hours into it, PERCLOS %, pulse       patterns
    public static TheoryData<string, string, string> Months => new()
    {
        { "a first week", "3 8 1 - 2 60; 2 8 1 - 2 60", "not_enough 2 2 5 5" },
        { "nothing", "6 8 1 - 2 60; 5 8 1 - 2 60; 4 8 1 - 2 60; 3 8 1 - 2 60; 2 8 1 - 2 60", "nothing_stands_out" },
        {
            "long drives end badly",
            "6 8 4 0.5,2.5,3,3.5 2 60; 5 8 4 2.2,3.6 2 60; 4 8 1 - 2 60; 3 8 1 - 2 60; 2 8 1 - 2 60", "after_hours 2 1.2 0.1"
        },
        {
            "the early afternoon", "6 12 2 1,1.5 2 60; 5 12 2 1,1.5 2 60; 4 13 1 0.5 2 60; 3 8 3 - 2 60; 2 8 3 - 2 60",
            "hour_of_day 12 16 1 0"
        },
        {
            "more alerts, heavier lids and a faster pulse than before",
            "50 8 2 1 2 58; 40 8 2 - 2 58; 30 8 2 1 2 58; 6 8 2 0.5,1 4 66; 5 8 2 0.5,1 4 66; 4 8 2 0.5,1 4 66",
            "alerts_up 1 0.3, eyes_up 4 2, pulse_up 66 58"
        },
        {
            "less than before",
            "50 8 2 0.5,1 4 66; 40 8 2 0.5,1 4 66; 30 8 2 0.5,1 4 66; 6 8 2 - 2 58; 5 8 2 - 2 58; 4 8 2 1 2 58",
            "alerts_down 0.2 1, eyes_down 2 4, pulse_down 58 66"
        },
    };

    [Theory]
    [MemberData(nameof(Months))]
    public void A_month_has_its_patterns(string name, string trips, string patterns)
    {
        var said = TripPatterns.Of([.. trips.Split("; ").Select(Trip)], Today)
            .Select(one => FormattableString.Invariant($"{one.Kind} {string.Join(' ', one.Values.Select(value => FormattableString.Invariant($"{value}")))}").Trim());
        Assert.Equal((name, patterns), (name, string.Join(", ", said)));
    }

    private static DriverTrip Trip(string text)
    {
        var words = text.Split(' ');
        var began = Today.AddDays(-Number(words[0])).Date.AddHours(Number(words[1]));
        var alerts = words[3] == "-" ? [] : words[3].Split(',').Select(hour => new TripAlert(3600 * Number(hour), "fatigue", 2)).ToList();
        return new()
        {
            Id = text, Began = new(began, Today.Offset), ClockTrusted = true, Seconds = 3600 * Number(words[2]), Alerts = alerts,
            AlertCount = alerts.Count, Perclos = Number(words[4]) / 100, RestingPulse = Number(words[5]),
        };
    }

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
