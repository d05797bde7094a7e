using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Web;

/// <summary>The page about figures cannot drift from the figures, nor these from what the service serves.</summary>
public sealed class FigurePageTests(CabBrowser browser) : IClassFixture<CabBrowser>
{
    [Fact]
    public void The_page_about_figures_says_what_the_instruments_say()
    {
        var page = FigurePage.Of(FigurePage.Figures());
        if (Environment.GetEnvironmentVariable("METRICS_WRITE") == "1") File.WriteAllText(FigurePage.Path, page);

        Assert.Equal(File.ReadAllText(FigurePage.Path), page);
    }

    [Fact]
    public async Task The_service_serves_every_figure_and_no_other()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var service = await CabService.StartAsync(browser.Clip, more: $$"""
            , "Mqtt": { "Brokers": ["{{broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00" }
            """);
        using var client = new HttpClient { BaseAddress = new(service.Address) };
        var described = FigurePage.Figures();
        // A board that tells neither its temperature nor whether it is slowed down has no such figures; nor has a runtime all of its
        // own from the start: exceptions are told of from the first one on.
        var wanted = described
            .Where(one => !one.Name.Contains(".board.", StringComparison.Ordinal))
            .Concat(FigurePage.OfRuntime.Where(one => one.Name.StartsWith("dotnet.process.", StringComparison.Ordinal)))
            .Select(one => one.Scraped)
            .ToList();
        var (scrape, served) = ("", new HashSet<string>());
        // An alert is heard on one thread and counted on another, so each figure may be there a moment before the next.
        await Record.ExceptionAsync(() => Eventually.Sees("every figure", () =>
        {
            served = Served(scrape = client.GetStringAsync("/metrics").Result);
            return served.IsSupersetOf(wanted);
        }, withinSeconds: 90));

        Assert.Empty(wanted.Except(served));
        // What scrapers add themselves is no figure of ours.
        Assert.Empty(served.Except(described.Concat(FigurePage.OfRuntime).Select(one => one.Scraped)).Except(["target_info", "otel_scope_info"]));
        foreach (var stage in new[] { "capture", "wait", "detection", "landmarks", "expression", "judgement", "outputs" })
            Assert.Contains($"drivermonitor_stage_duration_seconds_count{{otel_scope_name=\"DriverMonitor\",stage=\"{stage}\"}}", scrape, StringComparison.Ordinal);
        // As Prometheus' own check has it: such an ending is a histogram's or a summary's.
        Assert.DoesNotContain(described.Concat(FigurePage.OfRuntime), one => one.Scraped.EndsWith("_count", StringComparison.Ordinal));
        Assert.DoesNotContain("anna", scrape, StringComparison.OrdinalIgnoreCase);
    }

    private static HashSet<string> Served(string scrape) =>
        scrape
            .Split('\n')
            .Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2])
            .ToHashSet(StringComparer.Ordinal);
}
