namespace DriverMonitor.Drivers;

/// <summary>What a driver's trips have in common, as keys of sentences with their numbers. Pure.</summary>
internal static class TripPatterns
{
    /// <summary>Fewer trips or hours would make a pattern of an accident.</summary>
    private const int LeastTrips = 5;
    private const double LeastHours = 5;

    /// <summary>Smaller differences explain nothing to a reader.</summary>
    private const double Clearly = 1.5;
    private const double PulseClearly = 5;
    private const int LeastAlerts = 5;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(14);
    private static readonly TimeSpan LongDrive = TimeSpan.FromHours(2);

    /// <param name="now">What "lately" counts back from.</param>
    public static IReadOnlyList<TripPattern> Of(IReadOnlyList<DriverTrip> trips, DateTimeOffset now)
    {
        if (trips.Count < LeastTrips || Hours(trips) < LeastHours)
            return [new("not_enough", [trips.Count, Math.Round(Hours(trips), 1), LeastTrips, LeastHours])];
        var found = new List<TripPattern?> { AfterHours(trips), HourOfDay(trips) };
        var recent = trips.Where(trip => now - trip.Began <= Lately).ToList();
        var before = trips.Where(trip => now - trip.Began > Lately).ToList();
        if (recent.Count >= 3 && before.Count >= 3)
            found.AddRange([Alerts(recent, before), Eyes(recent, before), Pulse(recent, before)]);
        var patterns = found.OfType<TripPattern>().ToList();
        return patterns.Count > 0 ? patterns : [new("nothing_stands_out", [])];
    }

    private static double Hours(IEnumerable<DriverTrip> trips) => trips.Sum(trip => trip.Seconds) / 3600;

    private static TripPattern? AfterHours(IReadOnlyList<DriverTrip> trips)
    {
        var limit = LongDrive.TotalSeconds;
        var lateHours = trips.Sum(trip => Math.Max(0, trip.Seconds - limit)) / 3600;
        var late = trips.Sum(trip => trip.Alerts.Count(alert => alert.At >= limit));
        var early = trips.Sum(trip => trip.Alerts.Count(alert => alert.At < limit));
        var (lateRate, earlyRate) = (late / lateHours, early / (Hours(trips) - lateHours));
        return lateHours >= 2 && late >= LeastAlerts && lateRate >= Clearly * earlyRate
            ? new("after_hours", [LongDrive.TotalHours, Rounded(lateRate), Rounded(earlyRate)]) : null;
    }

    /// <summary>The four hours of the day with the most alerts for the time driven in them.</summary>
    private static TripPattern? HourOfDay(IReadOnlyList<DriverTrip> trips)
    {
        var (driven, alerts) = (new double[24], new int[24]);
        foreach (var trip in trips.Where(trip => trip.Began is not null))
        {
            for (var second = 0.0; second < trip.Seconds; second += 60) driven[HourAt(trip, second)] += 1 / 60.0;
            foreach (var alert in trip.Alerts) alerts[HourAt(trip, alert.At)]++;
        }

        var (hours, all) = (driven.Sum(), alerts.Sum());
        TripPattern? worst = null;
        for (var (from, highest) = (0, 0.0); from < 24; from += 4)
        {
            var (inside, count) = (driven[from..(from + 4)].Sum(), alerts[from..(from + 4)].Sum());
            var (rate, others) = (count / inside, (all - count) / (hours - inside));
            if (inside < 2 || hours - inside < 2 || count < LeastAlerts || rate < Clearly * others || rate <= highest) continue;
            (worst, highest) = (new("hour_of_day", [from, from + 4, Rounded(rate), Rounded(others)]), rate);
        }

        return worst;
    }

    private static int HourAt(DriverTrip trip, double second) => trip.Began!.Value.AddSeconds(second).Hour;

    private static TripPattern? Alerts(List<DriverTrip> recent, List<DriverTrip> before)
    {
        var (now, then) = (recent.Sum(trip => trip.AlertCount), before.Sum(trip => trip.AlertCount));
        return Change("alerts", now / Hours(recent), then / Hours(before), now + then >= LeastAlerts, Rounded);
    }

    private static TripPattern? Eyes(List<DriverTrip> recent, List<DriverTrip> before) =>
        Mean(recent, trip => trip.Perclos) is { } now && Mean(before, trip => trip.Perclos) is { } then
            ? Change("eyes", now, then, Math.Max(now, then) >= 0.02, share => Math.Round(100 * share, 1)) : null;

    private static TripPattern? Pulse(List<DriverTrip> recent, List<DriverTrip> before) =>
        Mean(recent, trip => trip.RestingPulse) is { } now && Mean(before, trip => trip.RestingPulse) is { } then
        && Math.Abs(now - then) >= PulseClearly
            ? new(now > then ? "pulse_up" : "pulse_down", [Math.Round(now), Math.Round(then)]) : null;

    private static TripPattern? Change(string what, double now, double then, bool isEnough, Func<double, double> shown) =>
        !isEnough ? null
        : now >= Clearly * then ? new($"{what}_up", [shown(now), shown(then)])
        : then >= Clearly * now ? new($"{what}_down", [shown(now), shown(then)])
        : null;

    /// <summary>Weighed by how long the trips were.</summary>
    private static double? Mean(List<DriverTrip> trips, Func<DriverTrip, double?> figure)
    {
        var known = trips.Where(trip => figure(trip) is not null).ToList();
        return known.Count < 3 ? null : known.Sum(trip => figure(trip)!.Value * trip.Seconds) / known.Sum(trip => trip.Seconds);
    }

    private static double Rounded(double rate) => Math.Round(rate, 1);
}

/// <summary>One pattern.</summary>
/// <param name="Kind">Key of its sentence in the page's table of words.</param>
/// <param name="Values">What goes into the places of that sentence.</param>
internal sealed record TripPattern(string Kind, IReadOnlyList<double> Values);
