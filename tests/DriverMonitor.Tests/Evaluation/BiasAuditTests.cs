using System.Text;
using DriverMonitor.Camera;
using DriverMonitor.Cli;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Evaluation;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Evaluation;

/// <summary>Groups compared by the stated rule, and what an audit does to the anger score.</summary>
public sealed class BiasAuditTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bias").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Dark_skin_and_narrow_lids_are_judged_as_the_portrait_is()
    {
        var set = SyntheticProbes.Make(
        [
            ("look", SyntheticProbes.Reference, new()),
            ("look", "skin VI, 6 mm, glasses, beard", new PortraitLook(0.26, 6 / 9.0, HasGlasses: true, HasBeard: true)),
        ]);

        var audit = BiasAudit.Of(EvaluateCommand.Judge(set, new(), CancellationToken.None));

        Assert.Contains(audit.Rows, row => row is { Figure: "closure found", Gap.Trials: 12 });
        Assert.DoesNotContain(audit.Rows, row => row.Gap.Verdict == GapVerdict.Difference && row.Figure == "closure found");
        Assert.Contains("synthetic", BiasOutput.Text(audit), StringComparison.Ordinal);
    }

    //  faces of each group read as angry, of how many      verdict    may anger be judged
    [Theory]
    [InlineData("a 0/40, b 1/40", true)]
    [InlineData("a 0/40, b 3/40", false)] // 7.5 %
    [InlineData("a 0/40, b 0/9", false)] // nothing is shown by nine
    public void Anger_stays_off_where_neutral_faces_are_read_as_angry(string counts, bool mayBeOn)
    {
        var outcomes = counts.Split(", ").SelectMany(count => Neutral(count[0], count[2..].Split('/'))).ToList();
        var audit = BiasAudit.Of(new(new("faces", []), outcomes, []));
        using (var file = File.Create(Path.Combine(_folder, AngerAudit.File))) BiasOutput.Json(file, audit);

        Assert.Equal(mayBeOn, !audit.HasFailed || audit.Neutral.All(one => one.MayBeOn));
        Assert.Equal(mayBeOn, AngerAudit.WhyNot(_folder) is null);
    }

    [Theory]
    [InlineData("{", false)]
    [InlineData("{\"neutral\": [{\"group\": \"all\"}]}", false)]
    [InlineData(null, true)]
    public void An_audit_that_cannot_be_read_allows_nothing(string? text, bool mayBeOn)
    {
        if (text is not null) File.WriteAllText(Path.Combine(_folder, AngerAudit.File), text);
        Assert.Equal(mayBeOn, AngerAudit.WhyNot(_folder) is null);
    }

    [Fact]
    public void Reviews_of_operators_become_figures_from_fifty_on()
    {
        var path = Path.Combine(_folder, "reviews.ndjson");
        var lines = Enumerable.Range(0, 60).Select(i =>
            $$"""{"rule":"eyes_closed","vehicle":"v{{i % 6}}","score":{{(i % 3 == 0 ? "0.2" : "0.9")}},"verdict":{{(i % 3 == 0 ? "false" : "true")}},"disputed":{{(i == 0 ? "true" : "false")}}}""");
        File.WriteAllLines(path, [.. lines, """{"rule":"fatigue","verdict":"unclear"}"""]);

        var figures = ReviewFigures.Of(Reviews.Read(path).Given);

        Assert.Equal(["all rules 61 40 1 1", "eyes_closed 60 40 0 1", "fatigue 1 0 1 0"], figures.Select(one => $"{one.Name} {one.Reviewed} {one.Right} {one.Unclear} {one.Disputed}"));
        Assert.Equal(20 / 60.0, figures[0].FalseShare.Value!.Value, 9);
        Assert.Equal((20 * 0.04 + 40 * 0.01) / 60, figures[0].Brier.Value!.Value, 9);
        Assert.Equal("0 of 50 clear reviews", figures[2].FalseShare.Insufficient);
    }

    private static IEnumerable<ItemOutcome> Neutral(char group, string[] count)
    {
        var (wrong, all) = (int.Parse(count[0]), int.Parse(count[1]));
        return Enumerable.Range(0, all).Select(i => new ItemOutcome(
            new()
            {
                Name = "face", Path = "face", Kind = InputKind.Still, Groups = new Dictionary<string, string> { ["group"] = $"{group}" },
            })
        {
            Shown = new(LabelClass.Angry, IsPositive: false, i < wrong ? 0.9 : 0.1, i < wrong),
        });
    }
}
