using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;
using DriverMonitor.Fleet.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace DriverMonitor.Fleet.Web;

/// <summary>
/// Serves the console, the API, the health checks and the metrics in a host of its own: what the environment says of web
/// servers changes
/// nothing.
/// </summary>
internal sealed partial class ApiServer(
    WebOptions options, Callers callers, OidcSignIn oidc, IEnumerable<Action<IEndpointRouteBuilder>> endpoints,
    HealthEndpoints health, TimeProvider time, ILoggerFactory logs) : BackgroundService, IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private const int LargestBody = 64 * 1024, MostConnections = 1_000;

    private readonly ILogger _log = logs.CreateLogger<ApiServer>();
    private WebApplication? _app;
    private X509Certificate2? _certificate;

    /// <summary>Where it answers; null before it was started, and where it is switched off.</summary>
    public Uri? Address => _app?.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
        .Select(address => new Uri(address)).FirstOrDefault();

    /// <exception cref="ConfigurationException">The certificate cannot be used.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Enabled) return;
        _certificate = LoadCertificate();
        if (await OpenAsync(cancellationToken) is { } why) LogTaken(options.Address, options.Port, why);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_app is not null) await _app.StopAsync(cancellationToken);
    }

    /// <summary>A port that somebody else has is no reason to receive nothing.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (_app is null)
        {
            await Task.Delay(RetryAfter, time, stoppingToken);
            await OpenAsync(stoppingToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_app is not null) await _app.DisposeAsync();
        _certificate?.Dispose();
    }

    /// <returns>Why not; null if it is open.</returns>
    private async Task<string?> OpenAsync(CancellationToken stop)
    {
        var app = Build();
        try
        {
            await app.StartAsync(stop);
            _app = app;
            LogOpen(Address!);
            return null;
        }
        catch (IOException e)
        {
            await app.DisposeAsync();
            return e.Message;
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting();
        builder.Services.AddOpenApi(document => document.AddDocumentTransformer((openApi, _, _) =>
        {
            openApi.Info.Title = "Driver Monitor fleet";
            openApi.Info.Version = "1";
            openApi.Info.Description = "Bearer tokens, made with 'drivermonitor-fleet token'. A token sees one tenant.";
            openApi.Servers?.Clear();
            return Task.CompletedTask;
        }));
        builder.Services.AddSingleton<IHostLifetime, Quiet>();
        builder.Services.AddSingleton(logs);
        builder.Services.ConfigureHttpJsonOptions(
            json =>
            {
                json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
                // Which of two is meant, nobody knows.
                json.SerializerOptions.AllowDuplicateProperties = false;
            });
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .ConfigureResource(resource => resource.Clear().AddService("drivermonitor-fleet", serviceInstanceId: Environment.MachineName))
            .AddMeter(FleetMetrics.MeterName).AddPrometheusExporter());
        oidc.AddTo(builder.Services);
        builder.WebHost.UseKestrelCore();
        if (_certificate is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(Listen);

        var app = builder.Build();
        app.UseRouting();
        app.Use(RequestFaults.GuardAsync);
        if (oidc.IsEnabled) app.UseAuthentication();
        app.Use((context, next) => Access.GuardAsync(context, next, callers));
        Map(app);
        return app;
    }

    private void Map(WebApplication app)
    {
        health.Map(app);
        PageFiles.Map(app);
        SecurityText.Map(app, options.SecurityContact, time);
        app.MapOpenApi("/openapi.json").IsPublic();
        // From this machine without a token; from another one a scrape is a request like others.
        app.MapPrometheusScrapingEndpoint("/metrics").Needs(ApiToken.Metrics).WithMetadata(new OpenOnLoopback());
        var api = app.MapGroup("/api/v1");
        foreach (var map in endpoints) map(api);
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Listen(IPAddress.Parse(options.Address), options.Port, listen =>
        {
            if (_certificate is not null) listen.UseHttps(_certificate);
        });
    }

    private X509Certificate2? LoadCertificate()
    {
        if (options.CertificateFile is not { } certificate || options.KeyFile is not { } key) return null;
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(certificate, key);
            // Kestrel's TLS cannot use a key that was never part of a store or a PKCS #12.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConfigurationException($"Fleet:Web:CertificateFile {certificate} with {key} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The program's own host decides when to stop.</summary>
    private sealed class Quiet : IHostLifetime
    {
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The API is open at {Address}.")]
    private partial void LogOpen(Uri address);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "The API cannot be opened at {Address} port {Port}: {Why} Events are received all the same; retrying every 10 s.")]
    private partial void LogTaken(string address, int port, string why);
}

/// <summary>An endpoint that asks no token of a program on the same machine.</summary>
internal sealed record OpenOnLoopback;
