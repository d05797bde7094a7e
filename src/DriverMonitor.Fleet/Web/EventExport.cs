using System.Text;
using System.Text.Json;
using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Web;

/// <summary>Writes events as they are read, as CSV or a JSON object a line: an export of any size needs no memory.</summary>
internal static class EventExport
{
    /// <summary>Between writes to the wire.</summary>
    private const int RowsABatch = 200;

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <param name="withData">Whether what the vehicle said is in it, values at P2 included.</param>
    /// <returns>Rows written.</returns>
    public static async Task<long> WriteAsync(
        Stream output, IAsyncEnumerable<EventDetail> events, bool isCsv, bool withData, CancellationToken stop)
    {
        var text = new StringBuilder();
        if (isCsv) text.Append(CsvLine.Of("vehicle", "id", "type", "kind", "level", "at", "received_at", "clock", "late", "episode", "data"));
        var rows = 0L;
        await foreach (var one in events.WithCancellation(stop))
        {
            text.Append(isCsv ? Csv(one, withData) : Json(one, withData));
            if (++rows % RowsABatch == 0) await FlushAsync(output, text, stop);
        }

        await FlushAsync(output, text, stop);
        return rows;
    }

    private static string Csv(EventDetail one, bool withData) => CsvLine.Of(
        one.Event.Vehicle, one.Event.Id, one.Event.Type, one.Event.Kind, $"{one.Event.Level}", Time(one.Event.At),
        Time(one.Event.ReceivedAt), one.Event.Clock, one.Event.IsLate ? "true" : "false", one.Event.Episode,
        withData ? one.Data.GetRawText() : "");

    private static string Json(EventDetail one, bool withData) =>
        (withData ? JsonSerializer.Serialize(one, Web) : JsonSerializer.Serialize(one.Event, Web)) + "\n";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task FlushAsync(Stream output, StringBuilder text, CancellationToken stop)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), stop);
        text.Clear();
    }
}
