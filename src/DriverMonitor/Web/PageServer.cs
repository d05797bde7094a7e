using System.Net;
using System.Net.Security;
using DriverMonitor.Core.Features;
using DriverMonitor.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Web;

/// <summary>
/// Serves the page. It has a host of its own, with nothing in it but what is named here: what the environment says of web
/// servers changes nothing.
/// </summary>
internal sealed partial class PageServer
{
    private const int LargestBody = 8 * 1024;

    private readonly WebSettings _settings;
    private readonly PageSecurity _door;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _log;
    private readonly PageConnections _connections = new();

    public PageServer(WebSettings settings, PageSecurity door, TimeProvider time, ILoggerFactory logs) =>
        (_settings, _door, _time, _logs, _log) = (settings, door, time, logs, logs.CreateLogger<PageServer>());

    /// <summary>
    /// Serves until it is told to stop. A port that somebody else has is said, and no reason to stop watching the driver.
    /// </summary>
    public async Task RunAsync(PageSink sink, PageActions hands, PictureSettings picture, CancellationToken stop)
    {
        await using var app = Build(sink, hands, picture, _settings.Port);
        try
        {
            await app.StartAsync(stop);
            LogOpen(_settings.Address, _settings.Port);
            _door.Certificate?.Warn(_time.GetUtcNow(), _log);
        }
        catch (IOException e)
        {
            LogNoPage(_settings.Address, _settings.Port, e.Message);
        }

        await UntilAsync(stop);
        await app.StopAsync(CancellationToken.None);
    }

    /// <summary>Serves at the settings' port or, if somebody else has it, at a free one. Dispose it to end.</summary>
    public async Task<WebApplication> StartSomewhereAsync(
        PageSink sink, PageActions hands, PictureSettings picture, CancellationToken stop)
    {
        var app = Build(sink, hands, picture, _settings.Port);
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException)
        {
            await app.DisposeAsync();
            app = Build(sink, hands, picture, port: 0);
            await app.StartAsync(stop);
        }

        return app;
    }

    private WebApplication Build(PageSink sink, PageActions hands, PictureSettings picture, int port)
    {
        // An empty builder: no file and no variable but our own settings may change where and how it listens.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddProvider(new Onward(_logs));
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, Quiet>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.UseKestrelCore();
        if (_door.Certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, port));
        Metrics.AddTo(builder.Services);

        var app = builder.Build();
        var aim = hands.Aim is { } tap ? new AimEndpoint(tap, picture, _time, _log) : null;
        var gate = new RequestGuard(_settings, _door.Password, _door.MetricsToken, new(_time));
        app.Use(
            async (context, next) =>
            {
                // Streams end when the service does, not when the browser pleases.
                using var ending = CancellationTokenSource.CreateLinkedTokenSource(
                    context.RequestAborted, app.Lifetime.ApplicationStopping);
                context.RequestAborted = ending.Token;
                using var request = _connections.Begin(context.Connection.Id);
                await gate.Pass(context, next);
            }
        );
        PageFiles.Map(app);
        new SignIn(gate, _door.Password, new(_time), _log).Map(app);
        new PageApi(sink, hands, new(sink, hands, () => aim?.IsOn == true, _time), aim, gate).Map(app);
        SecurityText.Map(app, _settings.SecurityContact, _time);
        Metrics.Map(app);
        return app;
    }

    private void Listen(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxConcurrentConnections = PageConnections.Most;
        // Who asks for nothing, or takes for ever to ask, gives its place back.
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 500, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Listen(
            IPAddress.Parse(_settings.Address),
            port,
            listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection => _connections.ServeAsync(connection, next));
                if (_door.Certificate is { } certificate)
                    listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new(TlsOptions(certificate)) });
            }
        );
    }

    private SslServerAuthenticationOptions TlsOptions(PageCertificate certificate) =>
        new() { ServerCertificateContext = certificate.Current(_time.GetUtcNow(), _log) };

    private static async Task UntilAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The page is at {Address} port {Port}.")]
    private partial void LogOpen(string address, int port);

    [LoggerMessage(Level = LogLevel.Warning, Message = "There is no page at {Address} port {Port}: {Why}")]
    private partial void LogNoPage(string address, int port, string why);

    /// <summary>What a request costs or does is nobody's news; what goes wrong goes into the service's log.</summary>
    private sealed class Onward(ILoggerFactory logs) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => logs.CreateLogger(categoryName);

        public void Dispose()
        {
            // the service's own log, which goes on
        }
    }

    /// <summary>The service's own host hears signals; this one is started and stopped by it.</summary>
    private sealed class Quiet : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
