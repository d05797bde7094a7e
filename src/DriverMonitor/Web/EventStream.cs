using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace DriverMonitor.Web;

/// <summary>Server-sent events: one line of JSON each.</summary>
internal static class EventStream
{
    public static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web);

    public static void Begin(HttpContext context) => context.Response.ContentType = "text/event-stream";

    public static async Task SendAsync(HttpContext context, string name, ReadOnlyMemory<byte> json, CancellationToken stop)
    {
        var body = context.Response.BodyWriter;
        body.Write(Encoding.UTF8.GetBytes($"event: {name}\ndata: "));
        body.Write(json.Span);
        body.Write("\n\n"u8);
        await body.FlushAsync(stop);
    }
}
