using System.Globalization;
using System.Text;
using System.Text.Json;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Files;

namespace DriverMonitor.Evaluation;

/// <summary>What reviewed alerts say: how many were false, and whether the score behind them is a probability.</summary>
internal sealed record ReviewFigures(string Name, int Reviewed, int Right, int Unclear, int Disputed)
{
    /// <summary>
    /// Share of false alerts of those with a clear verdict; reviews choose alerts, so it is no rate of driving.
    /// </summary>
    public Estimate FalseShare => Enough.Share(Reviewed - Unclear - Right, Reviewed - Unclear, "clear reviews", Enough.Reviews);

    public Estimate Brier { get; private init; }

    public Reliability? Reliability { get; private init; }

    public static IReadOnlyList<ReviewFigures> Of(IReadOnlyList<Review> reviews) =>
    [
        Of("all rules", reviews),
        .. reviews.GroupBy(review => review.Rule).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(group.Key, [.. group])),
    ];

    private static ReviewFigures Of(string name, IReadOnlyList<Review> reviews)
    {
        var scored = reviews.Where(review => review is { Score: not null, IsRight: not null }).ToList();
        var samples = scored.Select(Sample).ToList();
        var lack = Enough.Lacking(scored.Count, "reviews with a score", Enough.Reviews);
        var subjects = scored.GroupBy(review => review.Subject).Select(group => group.Select(Sample).ToList()).ToList();
        return new(
            name, reviews.Count, reviews.Count(review => review.IsRight == true), reviews.Count(review => review.IsRight is null),
            reviews.Count(review => review.IsDisputed))
        {
            Brier = lack is not null
                ? Estimate.Missing(lack)
                : Estimate.Of(
                    Core.Evaluation.Reliability.Of(samples)!.Brier,
                    SubjectBootstrap.Of(subjects,
                        some => Core.Evaluation.Reliability.Of([.. some.SelectMany(one => one)])?.Brier)),
            Reliability = lack is null ? Core.Evaluation.Reliability.Of(samples) : null,
        };
    }

    private static ScoredSample Sample(Review review) => new(review.Score!.Value, review.IsRight!.Value);

    public static string Text(ReviewSet set, IReadOnlyList<ReviewFigures> all)
    {
        var text = new StringBuilder("reviews by operators\n");
        if (set.Again > 0) text.Append(CultureInfo.InvariantCulture, $"  {set.Again} reviewed again: the last verdict counts\n");
        if (set.Open > 0) text.Append(CultureInfo.InvariantCulture, $"  {set.Open} without a verdict left out\n");
        foreach (var one in all)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {ShownText.Excerpt(one.Name)}: {one.Reviewed} reviewed, {one.Right} right, {one.Reviewed - one.Right - one.Unclear} false, {one.Unclear} unclear, {one.Disputed} disputed by the driver\n");
            text.Append(
                CultureInfo.InvariantCulture, $"    false share {FiguresText.Put(one.FalseShare)}, Brier {FiguresText.Put(one.Brier)}\n");
            foreach (var bin in one.Reliability?.Bins ?? [])
                text.Append(CultureInfo.InvariantCulture, $"    scored {bin.MeanScore:F2}: {bin.Positives} of {bin.Count} right\n");
        }

        return text.ToString();
    }

    public static void Json(Stream to, IReadOnlyList<ReviewFigures> all) =>
        JsonSerializer.Serialize(
            to,
            new
            {
                reviews = all.Select(one => new
                {
                    one.Name, one.Reviewed, one.Right, one.Unclear, one.Disputed, one.FalseShare, one.Brier,
                        one.Reliability?.Bins,
                }),
            },
            Written);

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true };
}
