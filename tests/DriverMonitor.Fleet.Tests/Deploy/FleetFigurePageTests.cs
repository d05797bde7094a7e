using System.Text;
using System.Text.RegularExpressions;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Web;
using Microsoft.Extensions.DependencyInjection;

namespace DriverMonitor.Fleet.Tests.Deploy;

/// <summary>The page about the receiver's figures names every one that it serves; dashboard and rules ask for no other.</summary>
public sealed partial class FleetFigurePageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_page_about_figures_names_what_is_served_and_no_other()
    {
        await using var fleet = await FleetHost.StartAsync("sqlite", _folder, change: builder => builder.Services.AddSingleton<ReceiverFigures>());
        // A histogram is served from its first value on.
        fleet.Get<ReceiverFigures>().AddStored(new EventBatch(Seed.Now, [], [], []), new PutResult([], 0), TimeSpan.FromSeconds(1));
        var scrape = await (await fleet.ClientAsync("acme")).GetStringAsync("/metrics");

        var page = PageOf(scrape);
        var file = SourceTree.Path("deploy", "fleet", "METRICS.md");
        if (Environment.GetEnvironmentVariable("METRICS_WRITE") == "1") File.WriteAllText(file, page);

        Assert.Equal(File.ReadAllText(file), page);
        Assert.DoesNotContain("| |", page, StringComparison.Ordinal);
        // A batch takes milliseconds: with the usual buckets of 5 s and more nobody would see how long.
        Assert.Contains("fleet_batch_duration_seconds_bucket{otel_scope_name=\"DriverMonitor.Fleet\",le=\"0.005\"}", scrape, StringComparison.Ordinal);
        Assert.Contains("service_name=\"drivermonitor-fleet\"", scrape, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grafana/fleet.json")]
    [InlineData("prometheus/rules.yaml")]
    public void Dashboard_and_rules_ask_for_figures_that_there_are(string file)
    {
        var known = new[] { SourceTree.Path("deploy", "fleet", "METRICS.md"), SourceTree.Path("deploy", "METRICS.md") }
            .SelectMany(page => Row().Matches(File.ReadAllText(page)).Select(row => row.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        var asked = Name().Matches(File.ReadAllText(SourceTree.Path("deploy", "fleet", file)))
            .Select(name => Part().Replace(name.Value, "")).ToHashSet(StringComparer.Ordinal);

        Assert.Contains(asked, name => name.StartsWith("fleet_", StringComparison.Ordinal));
        Assert.Contains(asked, name => name.StartsWith("drivermonitor_", StringComparison.Ordinal));
        Assert.Empty(asked.Except(known));
    }

    private static string PageOf(string scrape)
    {
        var page = new StringBuilder("""
            # Figures of the receiver

            Made from what `/metrics` serves; do not edit. `tests/run.sh` fails when it is not what that says;
            `METRICS_WRITE=1 dotnet test tests/DriverMonitor.Fleet.Tests --filter FleetFigurePage` writes it anew. Those of vehicles
            are in [../METRICS.md](../METRICS.md). Figures of the whole installation are the same at every receiver: take `max`.

            | Prometheus | kind | what |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        // Programs of other tests beside this one serve the same figures.
        SortedDictionary<string, (string Kind, string What)> families = new(StringComparer.Ordinal);
        foreach (Match one in Family().Matches(scrape))
        {
            var name = one.Groups["name"].Value;
            var help = Regex.Match(scrape, $"^# HELP {name} (.+)$", RegexOptions.Multiline).Groups[1].Value.Trim();
            families.TryAdd(name, (one.Groups["kind"].Value, help));
        }

        foreach (var (name, (kind, what)) in families) page.Append($"| `{name}` | {kind} | {what} |\n");
        return page.ToString();
    }

    [GeneratedRegex(@"^# TYPE (?<name>fleet_\w+) (?<kind>\w+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Family();

    [GeneratedRegex(@"`((?:fleet|drivermonitor|dotnet)_\w+)`")]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(?:fleet|drivermonitor|dotnet)_[a-z0-9_]+\b")]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();
}
