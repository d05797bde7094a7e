using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>A web server of somebody who wants to hear of alerts.</summary>
internal sealed class HookTarget : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly HttpListener _listener;
    private readonly Channel<HookMessage> _messages = Channel.CreateUnbounded<HookMessage>();
    private readonly Task _serving;
    private int _count;

    /// <param name="status">What it answers.</param>
    public HookTarget(int status = 204)
    {
        (_listener, Url) = Listen();
        _serving = ServeAsync(status);
    }

    public string Url { get; }

    public int Count => Volatile.Read(ref _count);

    public async Task<HookMessage> NextAsync()
    {
        using var patience = new CancellationTokenSource(Longest);
        return await _messages.Reader.ReadAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    /// <summary>Somebody else may take a port in the moment between its being found free and taken.</summary>
    private static (HttpListener, string) Listen()
    {
        for (var tries = 0; ; tries++)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            var url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/hook/";
            free.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add(url);
            try
            {
                listener.Start();
                return (listener, url);
            }
            catch (Exception e) when (e is HttpListenerException or SocketException && tries < 20)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync(int status)
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                var headers = context.Request.Headers;
                Interlocked.Increment(ref _count);
                _messages.Writer.TryWrite(new(
                    headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, await reader.ReadToEndAsync()));
                context.Response.StatusCode = status;
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }
}

internal sealed record HookMessage(string Id, string Timestamp, string Signature, string Body);
