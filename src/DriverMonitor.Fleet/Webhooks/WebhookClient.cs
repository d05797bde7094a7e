using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace DriverMonitor.Fleet.Webhooks;

/// <summary>
/// Sends one message to one target, signed after the Standard Webhooks specification (HMAC-SHA256). Follows no redirect and uses
/// no proxy: both would lead past the check of the address.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    /// <summary>Before a secret's base64.</summary>
    public const string SecretPrefix = "whsec_";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<string> _named;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly HttpClient _http;

    public WebhookClient(WebOptions options)
        : this(options, Dns.GetHostAddressesAsync)
    {
    }

    /// <param name="resolve">Every address of a name.</param>
    internal WebhookClient(WebOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (_named, _resolve) = (options.PrivateWebhookHosts, resolve);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = Patience,
            // A name may lead elsewhere tomorrow: the check is made anew with each connection.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Patience,
        };
    }

    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <returns>Null if the target took it; otherwise why not, in a few words.</returns>
    public async Task<string?> SendAsync(
        string url, string secret, string id, DateTimeOffset at, string body, CancellationToken stop)
    {
        if (TargetGuard.Fault(url, _named) is { } fault) return fault;
        var seconds = at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", Signature(secret, id, seconds, body));
        request.Headers.UserAgent.ParseAdd("drivermonitor-fleet");
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return response.IsSuccessStatusCode ? null : $"it answered {(int)response.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return (e.InnerException as RefusedTargetException)?.Message ?? $"it cannot be reached ({e.HttpRequestError})";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return $"it did not answer within {Patience.TotalSeconds:0} s";
        }
    }

    /// <summary>As the receiver computes it: <c>v1,</c> and the base64 of the HMAC over id, time and body.</summary>
    public static string Signature(string secret, string id, string seconds, string body)
    {
        var key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{seconds}.{body}")));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Asks for the addresses once, and connects to one of those that were checked.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = await _resolve(host, stop);
        var allowed = Array.FindAll(found, address => TargetGuard.IsAllowed(address, host, _named));
        if (allowed.Length == 0) throw new RefusedTargetException("its name leads into a private network");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class RefusedTargetException(string message) : IOException(message);
}
