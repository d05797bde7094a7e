using System.Globalization;
using DriverMonitor.Fleet.Simulation;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Load;

/// <summary>People at every screen: each asks what a screen asks, again and again.</summary>
internal sealed class ApiUsers(HttpClient client, int vehicles)
{
    private const int SlowestShown = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly string[] Paths =
    [
        "lag", "summary", "alerts?limit=100&from={day}", "alerts?open=true&limit=100", "vehicles?after={v}", "vehicles/{v}",
        "vehicles/{v}/timeline/pieces", "vehicles/{v}/coverage", "vehicles/{v}/findings", "vehicles/{v}/health", "coverage?after={v}",
        "trends?from={quarter}", "trends?measure=false&group=version&from={quarter}", "reviews", "disputes/summary", "disputes?limit=100",
        "findings?limit=30", "orders?limit=100", "privacy", "alerts?vehicle={v}&limit=50",
    ];

    private readonly Dictionary<string, Percentiles> _each = Paths.ToDictionary(path => path, path => new Percentiles("  " + path));

    public Percentiles All { get; } = new("answers of the API, to their last byte");

    public IEnumerable<Percentiles> Slowest => _each.Values.OrderByDescending(one => one.At(0.99)).Take(SlowestShown);

    public async Task RunAsync(int number, CancellationToken stop)
    {
        for (var i = number * Paths.Length / 4; !stop.IsCancellationRequested; i++)
        {
            var path = Paths[i % Paths.Length];
            var begun = TimeProvider.System.GetTimestamp();
            await client.GetByteArrayAsync(new Uri($"/api/v1/{Filled(path, i)}", UriKind.Relative), CancellationToken.None);
            var took = TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds;
            All.Add(took);
            _each[path].Add(took);
            try
            {
                await Task.Delay(Pause, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private string Filled(string path, int turn) => path
        .Replace("{v}", SimulatedFleet.NameOf(1 + (turn * 7919 % vehicles)), StringComparison.Ordinal)
        .Replace("{day}", Ago(1), StringComparison.Ordinal).Replace("{quarter}", Ago(91), StringComparison.Ordinal);

    private static string Ago(int days) =>
        Uri.EscapeDataString(DateTimeOffset.UtcNow.AddDays(-days).ToString("O", CultureInfo.InvariantCulture));
}
