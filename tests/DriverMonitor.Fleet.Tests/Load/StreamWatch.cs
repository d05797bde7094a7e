using System.Text.Json.Nodes;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Load;

/// <summary>Programs that follow the stream: how long after it was sent each event came, and how many different ones.</summary>
internal sealed class StreamWatch(HttpClient client)
{
    private readonly HashSet<string> _seen = [];

    /// <summary>From the vehicle's stamp to the watcher's hand; of every event the first time that any watcher had it.</summary>
    public Percentiles Delay { get; } = new("sent to told by the stream");

    public int Different
    {
        get
        {
            lock (_seen) return _seen.Count;
        }
    }

    /// <summary>Comes again where it was cut off, as a browser does.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        string? last = null;
        while (!stop.IsCancellationRequested)
        {
            using var watcher = await LiveClient.OpenAsync(client, last);
            using var hangUp = stop.Register(watcher.Dispose);
            try
            {
                while (true)
                {
                    var (name, id, data) = await watcher.NextAsync();
                    last = id ?? last;
                    if (name == "alert") Add(JsonNode.Parse(data)!);
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
            {
                // Every stream ends after five minutes, and all of them with the test.
            }
        }
    }

    private void Add(JsonNode told)
    {
        var late = (TimeProvider.System.GetUtcNow() - told["at"]!.GetValue<DateTimeOffset>()).TotalMilliseconds;
        lock (_seen)
        {
            if (!_seen.Add(told["id"]!.GetValue<string>())) return;
        }

        Delay.Add(late);
    }
}
