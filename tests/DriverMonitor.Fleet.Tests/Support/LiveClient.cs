using System.Globalization;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>Somebody who watches: reads server-sent events one by one.</summary>
internal sealed class LiveClient(HttpResponseMessage response, StreamReader lines) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <param name="seen">The last event that was seen before.</param>
    public static async Task<LiveClient> OpenAsync(HttpClient client, string? seen = null)
    {
        var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/stream");
        if (seen is not null) asked.Headers.Add("Last-Event-ID", seen);
        var response = await client.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.ToString());
        return new(response, new(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>The next event of that name; others are passed over.</summary>
    public async Task<(string? Id, string Data)> NextAsync(string name)
    {
        while (true)
        {
            var (found, id, data) = await NextAsync();
            if (found == name) return (id, data);
        }
    }

    /// <summary>The next event that is no figure.</summary>
    public async Task<(string Name, string? Id, string Data)> NextAsync()
    {
        using var patience = new CancellationTokenSource(Longest);
        var (name, data) = ("", "");
        string? id = null;
        while (true)
        {
            var line = await lines.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException("the stream ended");
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && name.Length > 0 && name != "now") return (name, id, data);
            else if (line.Length == 0) (name, data, id) = ("", "", null);
        }
    }

    /// <summary>What is told until the watcher has seen so many different events; each may come twice.</summary>
    public async Task<IReadOnlySet<string>> IdsAsync(int count)
    {
        HashSet<string> ids = [];
        while (ids.Count < count)
        {
            var (_, _, data) = await NextAsync();
            ids.Add(System.Text.Json.Nodes.JsonNode.Parse(data)!["id"]!.GetValue<string>());
        }

        return ids;
    }

    public void Dispose()
    {
        lines.Dispose();
        response.Dispose();
    }

    public static string Position(long number) => number.ToString(CultureInfo.InvariantCulture);
}
