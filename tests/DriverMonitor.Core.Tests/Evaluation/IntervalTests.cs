using DriverMonitor.Core.Evaluation;

namespace DriverMonitor.Core.Tests.Evaluation;

/// <summary>Every interval against figures that others published.</summary>
public sealed class IntervalTests
{
    // Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    [InlineData(29, 29, 0.8830, 1)]
    public void A_share_s_interval_is_Wilson_s(long hits, long trials, double lo, double hi) =>
        AssertInterval(lo, hi, ProportionInterval.Wilson(hits, trials), 4);

    // Newcombe, Statistics in Medicine 17 (1998) 873, table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    public void A_difference_of_shares_has_Newcombe_s_interval(long a, long n, long b, long m, double lo, double hi) =>
        AssertInterval(lo, hi, ProportionInterval.Difference(a, n, b, m), 4);

    // Exact limits as tabulated since Garwood, Biometrika 28 (1936) 437.
    [Theory]
    [InlineData(0, 0, 3.689)]
    [InlineData(1, 0.0253, 5.572)]
    [InlineData(5, 1.623, 11.668)]
    [InlineData(10, 4.795, 18.390)]
    [InlineData(100, 81.364, 121.627)]
    public void A_count_s_interval_is_the_exact_one(long count, double lo, double hi)
    {
        var interval = PoissonInterval.Of(count);
        Assert.Equal((lo, hi), (Math.Round(interval.Lo, lo < 1 ? 4 : 3), Math.Round(interval.Hi, 3)));
    }

    [Fact]
    public void Exact_and_approximate_counts_meet_where_one_follows_the_other()
    {
        var (exact, approximate) = (PoissonInterval.Of(100_000), PoissonInterval.Of(100_001));
        Assert.InRange(approximate.Lo - exact.Lo, 0.9, 1.1);
        Assert.InRange(approximate.Hi - exact.Hi, 0.9, 1.1);
    }

    // Efron and Tibshirani 1993, tables 3.1 and 6.1: fifteen law schools, correlation 0.776, bootstrap error 0.13.
    [Fact]
    public void Subjects_are_drawn_as_Efron_drew_law_schools()
    {
        (double Lsat, double Gpa)[] schools =
        [
            (576, 3.39), (635, 3.30), (558, 2.81), (578, 3.03), (666, 3.44), (580, 3.07), (555, 3.00), (661, 3.43), (651, 3.36),
            (605, 3.13), (653, 3.12), (575, 2.74), (545, 2.76), (572, 2.88), (594, 2.96),
        ];

        var interval = SubjectBootstrap.Of(schools, Correlation)!.Value;

        Assert.Equal(0.776, Correlation(schools)!.Value, 3);
        Assert.InRange(interval.Lo, 0.42, 0.52);
        Assert.InRange(interval.Hi, 0.94, 0.98);
        Assert.Equal(interval, SubjectBootstrap.Of(schools, Correlation));
        Assert.Null(SubjectBootstrap.Of(schools[..4], Correlation));
    }

    [Theory]
    [InlineData(9, "9 of 10 labels")]
    [InlineData(10, null)]
    public void Too_little_gives_no_number(int labels, string? insufficient)
    {
        var share = new DetectionTally { Labels = labels, Found = labels }.Recall;
        Assert.Equal((insufficient, insufficient is null ? 1.0 : null), (share.Insufficient, share.Value));
    }

    [Theory]
    [InlineData(0, 59.99, null, "60.0 of 60 minutes judged")]
    [InlineData(0, 60, 3.689, null)]
    [InlineData(2, 120, 3.612, null)]
    public void A_rate_needs_an_hour(long count, double minutes, double? hi, string? insufficient)
    {
        var rate = Enough.Rate(count, TimeSpan.FromMinutes(minutes));
        Assert.Equal(insufficient, rate.Insufficient);
        Assert.Equal(hi, rate.Hi is { } value ? Math.Round(value, 3) : null);
    }

    // F1 of 8 found, 2 false, 2 missed: J = 8/12 has Wilson's 0.391 to 0.862.
    [Fact]
    public void F1_has_the_interval_of_the_share_behind_it()
    {
        var tally = new DetectionTally { Labels = 10, Found = 8, Detections = 10, FalseOnes = 2 };
        Assert.Equal(0.8, tally.F1.Value!.Value, 12);
        AssertInterval(2 * 0.39062 / 1.39062, 2 * 0.86188 / 1.86188, new(tally.F1.Lo!.Value, tally.F1.Hi!.Value), 4);
    }

    [Theory]
    [InlineData(9, 10, 3, 10, GapVerdict.Difference)]
    [InlineData(9, 10, 9, 10, GapVerdict.Undecided)]
    [InlineData(990, 1000, 985, 1000, GapVerdict.NoRelevantDifference)]
    [InlineData(9, 9, 900, 1000, GapVerdict.Insufficient)]
    public void Groups_are_compared_by_a_stated_rule(long a, long n, long b, long m, GapVerdict expected) =>
        Assert.Equal(expected, GroupGap.Of("group", a, n, b, m).Verdict);

    private static double? Correlation(IReadOnlyList<(double Lsat, double Gpa)> schools)
    {
        var (x, y) = (schools.Average(one => one.Lsat), schools.Average(one => one.Gpa));
        var both = schools.Sum(one => (one.Lsat - x) * (one.Gpa - y));
        return both / Math.Sqrt(schools.Sum(one => Math.Pow(one.Lsat - x, 2)) * schools.Sum(one => Math.Pow(one.Gpa - y, 2)));
    }

    private static void AssertInterval(double lo, double hi, Interval interval, int digits)
    {
        Assert.Equal(lo, interval.Lo, Math.Pow(10, -digits));
        Assert.Equal(hi, interval.Hi, Math.Pow(10, -digits));
    }
}
