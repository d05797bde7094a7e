using Xunit.Abstractions;

namespace DriverMonitor.Core.Tests.Conformance;

/// <summary>
/// Every limit that a rating protocol or our own ladder names, at 10, 15 and 30 pictures a second and with everything that
/// a camera does to them: said within 0.2 s, and not said just below.
/// </summary>
public class ConformanceTests(ITestOutputHelper output)
{
    private static readonly Lazy<Finding[]> Findings = new(() =>
        [.. Rules.All.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(Bench.Run)]);

    public static TheoryData<string> Names => [.. Rules.All.Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_limit_is_met_and_not_before(string name)
    {
        var found = Findings.Value.Single(finding => finding.Rule.Name == name);
        Assert.Empty(found.Unsaid);
        Assert.Empty(found.SaidBelow);
        Assert.Empty(found.TooFar);
    }

    /// <summary>With CONFORMANCE_WRITE set the run writes the page; the change is then a commit with its reason.</summary>
    [Fact]
    public void The_page_is_what_the_run_gives()
    {
        var text = ConformancePage.Of(Findings.Value);
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("CONFORMANCE_WRITE") is { Length: > 0 })
            File.WriteAllText(ConformancePage.Path, text);
        Assert.Equal(File.ReadAllText(ConformancePage.Path).ReplaceLineEndings("\n"), text);
    }
}
