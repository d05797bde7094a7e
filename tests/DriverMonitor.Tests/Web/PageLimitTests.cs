using System.Net;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using DriverMonitor.Tests.Support;
using DriverMonitor.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Web;

/// <summary>
/// Real sockets from outside that ask for nothing, for too much, or for ever: this device itself is still answered.
/// </summary>
[Collection(nameof(Alone))]
public sealed class PageLimitTests : IAsyncLifetime, IDisposable
{
    private const string Password = "correct horse battery";

    private readonly string _folder = Directory.CreateTempSubdirectory("limits").FullName;
    private readonly int _port = Loopback.FreePort();
    private readonly List<TcpClient> _sockets = [];
    private readonly IPAddress? _outside =
        Array.Find(Dns.GetHostAddresses(Dns.GetHostName()), IsOutside)
        ?? NetworkInterface
            .GetAllNetworkInterfaces()
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address)
            .FirstOrDefault(IsOutside);
    private WebApplication? _app;
    private string _cookie = "";

    public async Task InitializeAsync()
    {
        var file = Path.Combine(_folder, "page.password");
        PagePassword.Save(file, Password);
        var settings = new WebSettings { Address = "0.0.0.0", Port = _port, PasswordFile = file };
        var hands = new PageActions { Acknowledge = () => { }, Dispute = _ => { }, Allowed = () => default, Parts = () => [] };
        _app = await new PageServer(settings, PageSecurity.Open(settings), TimeProvider.System, NullLoggerFactory.Instance)
            .StartSomewhereAsync(new(), hands, new(), CancellationToken.None);
        using var client = Client();
        using var entered = await client.PostAsJsonAsync("/api/session", new { password = Password });
        _cookie = entered.Headers.GetValues("Set-Cookie").First().Split(';')[0];
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private static readonly Dictionary<string, string> Ways = new()
    {
        ["idle"] = "",
        ["slow headers"] = "GET / HTTP/1.1\r\nHost: local",
        ["slow body"] = "POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 8000\r\n\r\n{",
        ["open stream"] = "GET /api/live HTTP/1.1\r\nHost: localhost\r\nCookie: COOKIE\r\n\r\n",
        ["asked once"] = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
    };

    public static TheoryData<string> Kinds => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task However_many_come_from_outside_this_device_is_answered(string kind)
    {
        // More than the server takes at all: without places of its own this device would come in vain.
        for (var i = 0; i < PageConnections.Most + 12; i++) await OpenAsync(Ways[kind]);

        using var client = Client();
        await AnswersAsync(client);
        foreach (var path in new[] { "/", "/health/live", "/health/ready", "/metrics" })
        {
            using var answer = await client.GetAsync(path);
            Assert.True(answer.IsSuccessStatusCode, $"{kind}: {path} {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Who_asks_for_nothing_or_takes_for_ever_gives_the_place_back()
    {
        var opened = new List<(string Kind, TcpClient Socket)>();
        for (var i = 0; i < 4; i++)
            foreach (var (kind, said) in Ways.Where(way => way.Key != "open stream")) opened.Add((kind, await OpenAsync(said)));

        foreach (var (kind, socket) in opened) Assert.True(await EndsAsync(socket), $"{kind}: still open");
    }

    private static bool IsOutside(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address);

    private HttpClient Client() => new() { BaseAddress = new($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromSeconds(15) };

    private async Task<TcpClient> OpenAsync(string said)
    {
        Assert.True(_outside is not null, "This machine has no address but loopback, so nobody can come from outside.");
        var socket = new TcpClient();
        _sockets.Add(socket);
        try
        {
            await socket.ConnectAsync(_outside, _port);
            await socket
                .GetStream()
                .WriteAsync(Encoding.ASCII.GetBytes(said.Replace("COOKIE", _cookie, StringComparison.Ordinal)));
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // its place was needed already, or those that were ended still count
        }

        return socket;
    }

    /// <summary>Connections that were ended for others count for a moment more; idle ones end by themselves much later.</summary>
    private static async Task AnswersAsync(HttpClient client)
    {
        for (var left = 80; ; left--)
        {
            try
            {
                (await client.GetAsync("/health/live")).Dispose();
                return;
            }
            catch (HttpRequestException) when (left > 0)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Whether the server ends it within a minute.</summary>
    private static async Task<bool> EndsAsync(TcpClient socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[4096];
        try
        {
            while (await socket.GetStream().ReadAsync(buffer, patience.Token) > 0)
            {
                // an answer before the end
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
