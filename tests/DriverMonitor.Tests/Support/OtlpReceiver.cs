using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Tests.Support;

/// <summary>A collector that takes metrics by OTLP, over gRPC or plain HTTP, and remembers their names.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private const string GrpcPath = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    private const string HttpPath = "/v1/metrics";

    private readonly ConcurrentQueue<byte[]> _requests = new();
    private readonly WebApplication _app;

    private OtlpReceiver(bool grpc)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        _app = builder.Build();
        if (grpc) _app.MapPost(GrpcPath, TakeGrpc);
        else _app.MapPost(HttpPath, TakeHttp);
    }

    /// <summary>What to name as the collector.</summary>
    public string Address { get; private set; } = "";

    public int Count => _requests.Count;

    public bool HasHeard => Count > 0;

    /// <summary>Everything that came, as text to look for words in.</summary>
    public string Text => string.Concat(_requests.Select(Encoding.UTF8.GetString));

    /// <summary>Names of the metrics that came: request 1 resource, 2 scope, 2 metric, 1 name.</summary>
    public IReadOnlySet<string> Names =>
        _requests
            .SelectMany(request => Parts(request, 1))
            .SelectMany(resource => Parts(resource, 2))
            .SelectMany(scope => Parts(scope, 2))
            .SelectMany(metric => Parts(metric, 1))
            .Select(name => Encoding.UTF8.GetString(name.Span))
            .ToHashSet(StringComparer.Ordinal);

    public static async Task<OtlpReceiver> StartAsync(bool grpc)
    {
        var receiver = new OtlpReceiver(grpc);
        await receiver._app.StartAsync();
        receiver.Address = receiver._app.Urls.First() + (grpc ? "" : HttpPath);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>A message of gRPC has one byte of flags and four of length before it.</summary>
    private async Task TakeGrpc(HttpContext context)
    {
        _requests.Enqueue((await ReadAsync(context))[5..]);
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private async Task TakeHttp(HttpContext context)
    {
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        _requests.Enqueue(await ReadAsync(context));
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    /// <summary>The fields of one number in a protobuf message that have a length.</summary>
    private static List<ReadOnlyMemory<byte>> Parts(ReadOnlyMemory<byte> message, int number)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message.Span, ref at);
            switch (tag & 7)
            {
                case 0: Varint(message.Span, ref at); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                default:
                    var length = Varint(message.Span, ref at);
                    if (tag >> 3 == number) parts.Add(message.Slice(at, length));
                    at += length;
                    break;
            }
        }

        return parts;
    }

    private static int Varint(ReadOnlySpan<byte> message, ref int at)
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            value |= (long)(message[at] & 0x7F) << shift;
            if (message[at++] < 0x80) return (int)value;
        }
    }
}
