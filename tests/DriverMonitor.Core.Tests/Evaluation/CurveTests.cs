using DriverMonitor.Core.Evaluation;

namespace DriverMonitor.Core.Tests.Evaluation;

public sealed class CurveTests
{
    // Hanley and McNeil, Radiology 143 (1982) 29: 51 abnormal and 58 normal pictures, area 0.893, standard error 0.032.
    [Fact]
    public void An_area_s_error_is_the_published_one() => Assert.InRange(RocCurve.StandardError(0.893, 51, 58), 0.032, 0.033);

    // Their table 1: ratings 1 to 5 of the same pictures; area by the trapezoid rule 0.893.
    [Fact]
    public void An_area_with_ties_is_the_published_one()
    {
        int[] normal = [33, 6, 6, 11, 2], abnormal = [3, 2, 2, 11, 33];
        var samples = Enumerable.Range(0, 5).SelectMany(rating =>
            Enumerable.Repeat(new ScoredSample(rating, false), normal[rating])
                .Concat(Enumerable.Repeat(new ScoredSample(rating, true), abnormal[rating])));

        var curve = RocCurve.Of(samples)!;

        Assert.Equal(0.893, curve.Area, 3);
        Assert.Equal((51, 58), (curve.Positives, curve.Negatives));
        Assert.Equal((1.0, 1.0), (curve.Points[^1].FalseShare, curve.Points[^1].HitShare));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_class_alone_has_no_curve(bool isPositive) => Assert.Null(RocCurve.Of([new(0.5, isPositive), new(0.7,
        isPositive)]));

    // Forecasts 0.1 to 0.9 and outcomes 0 0 1 1: (0.01 + 0.09 + 0.16 + 0.01) / 4.
    [Fact]
    public void Brier_s_score_is_a_mean_square()
    {
        var found = Reliability.Of([new(0.1, false), new(0.3, false), new(0.6, true), new(0.9, true), new(double.NaN, true)])!;
        Assert.Equal(0.0675, found.Brier, 12);
        Assert.Equal([0.0, 0.0, 1.0, 1.0], found.Bins.Select(bin => bin.Share));
    }

    [Fact]
    public void A_score_that_is_a_probability_lies_on_the_diagonal()
    {
        var samples = Enumerable.Range(0, 10).SelectMany(bin =>
            Enumerable.Range(0, 100).Select(i => new ScoredSample(bin / 10.0 + 0.05, i < bin * 10 + 5))).ToList();
        Assert.Equal(0, Reliability.Of(samples)!.ExpectedError, 12);
    }

    //   labels, found, ignored (s-s)                       mayJoin  found missed false joined split ignored
    [Theory]
    [InlineData("1-2", "1.1-2.2", "", false, "1 0 0 0 0 0")]
    [InlineData("1-2", "2.5-3", "", false, "0 1 1 0 0 0")]
    [InlineData("1-1.2", "1.4-1.6", "", false, "1 0 0 0 0 0")] // begins within half a second
    [InlineData("1-2 2.2-4", "1-4", "", false, "1 1 0 0 0 0")] // two closures found as one: one is missed
    [InlineData("1-2 2.2-4", "1-4", "", true, "1 0 0 1 0 0")] // two glances found as one
    [InlineData("1-5", "1-2 3-5", "", false, "1 0 1 0 0 0")]
    [InlineData("1-5", "1-2 3-5", "", true, "1 0 0 0 1 0")]
    [InlineData("1-2", "1-2 7-8", "6-9", false, "1 0 0 0 0 1")]
    [InlineData("", "1-2", "", false, "0 0 1 0 0 0")]
    [InlineData("1-2", "", "", false, "0 1 0 0 0 0")]
    [InlineData("0-1 1-2", "0.9-1.9", "", false, "1 1 0 0 0 0")] // the longer overlap wins
    public void Events_are_matched_greedily_and_once(string labels, string found, string ignored, bool mayJoin, string expected)
    {
        var match = EventMatching.Match(Ranges(labels), Ranges(found), Ranges(ignored), mayJoin);
        Assert.Equal(
            expected,
            $"{match.Pairs.Count} {match.Missed.Count} {match.FalseOnes.Count} {match.Joined.Count} {match.Split.Count} {match.Ignored.Count}");
    }

    [Theory]
    [InlineData("Closed_Eyes", LabelClass.Closure)]
    [InlineData("non-drowsy", LabelClass.Awake)]
    [InlineData(" Looking away ", LabelClass.LookAway)]
    [InlineData("low vigilant", LabelClass.Ignored)]
    [InlineData("sneeze", null)]
    public void Words_of_label_files_are_understood(string word, LabelClass? expected) => Assert.Equal(expected,
        LabelNames.Parse(word));

    [Fact]
    public void Every_class_has_the_name_it_is_read_by() =>
        Assert.All(Enum.GetValues<LabelClass>(), label => Assert.Equal(label, LabelNames.Parse(LabelNames.Of(label))));

    [Theory]
    [InlineData("eyes_closed", "fatigue", "closure 1-4", 2.5, true)]
    [InlineData("eyes_closed", "fatigue", "closure 1-1.3", 1.2, false)] // a blink
    [InlineData("eyes_closed", "fatigue", "closure 1-4", 9, false)]
    [InlineData("long_look_away", "distraction", "look_away 1-4", 4.2, true)]
    [InlineData("many_look_aways", "distraction", "look_away 1-4", 30, true)]
    [InlineData("long_look_away", "distraction", "closure 1-4", 3, false)]
    [InlineData("fatigue", "fatigue", "drowsy 0-600", 400, true)]
    [InlineData("anger", "anger", "neutral 0-600", 400, false)]
    public void An_alert_is_right_where_a_label_says_why(string rule, string state, string label, double at, bool expected)
    {
        var words = label.Split(' ');
        var labels = new[] { new Label(LabelNames.Parse(words[0])!.Value, Ranges(words[1])[0]) };
        Assert.Equal(expected, AlertCauses.Of(rule, state)!.Explains(TimeSpan.FromSeconds(at), labels));
    }

    private static List<TimeRange> Ranges(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(range => range.Split('-')).Select(ends =>
            new TimeRange(Seconds(ends[0]), Seconds(ends[1]))),
    ];

    private static TimeSpan Seconds(string text) =>
        TimeSpan.FromSeconds(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
}
