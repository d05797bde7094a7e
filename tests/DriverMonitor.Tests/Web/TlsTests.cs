using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Configuration;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;
using DriverMonitor.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Web;

/// <summary>The page over https, with certificates as installers make them.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private OpensslChain? _files;

    public async Task InitializeAsync()
    {
        _files = await OpensslChain.MakeAsync();
        await _files.IssueAsync("first");
    }

    public Task DisposeAsync()
    {
        _files!.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_page_is_trusted_by_who_trusts_the_root_and_by_nobody_else()
    {
        await using var app = await StartAsync();

        var (trusted, page) = await Tool.RunAsync("curl", "-sSi", "--cacert", _files!.RootFile, app.Urls.First());
        Assert.True(trusted == 0, page);
        Assert.StartsWith("HTTP/1.1 200", page, StringComparison.Ordinal);
        Assert.Contains("Strict-Transport-Security: max-age=31536000", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<title>", page, StringComparison.Ordinal);

        var (stranger, _) = await Tool.RunAsync("curl", "-sS", app.Urls.First());
        Assert.Equal(60, stranger); // "peer certificate cannot be authenticated"

        // A scraper on another machine, as deploy/METRICS.md shows it (here it would be let in without its token).
        var (scraped, figures) = await Tool.RunAsync(
            "curl", "-sS", "--cacert", _files.RootFile, "-H", "Authorization: Bearer token", app.Urls.First() + "/metrics");
        Assert.True(scraped == 0 && figures.Contains("dotnet_process_cpu_time_seconds_total", StringComparison.Ordinal), figures);
    }

    [Fact]
    public async Task A_renewed_certificate_is_taken_up_and_a_broken_one_is_not()
    {
        var log = new Words();
        await using var app = await StartAsync(log);
        Assert.Equal("CN=first", await SubjectAsync(app));

        await _files!.IssueAsync("second");
        Assert.Equal("CN=second", await SubjectAsync(app));
        Assert.Contains(log.Said, line => line.Contains("was renewed", StringComparison.Ordinal));

        // A renewal that is caught half-way, twice, and then ends well.
        var key = await File.ReadAllTextAsync(_files.KeyFile);
        await File.WriteAllTextAsync(_files.KeyFile, "half a ke");
        Assert.Equal("CN=second", await SubjectAsync(app));
        Assert.Equal("CN=second", await SubjectAsync(app));
        File.Delete(_files.KeyFile);
        Assert.Equal("CN=second", await SubjectAsync(app));
        await File.WriteAllTextAsync(_files.KeyFile, key);
        Assert.Equal("CN=second", await SubjectAsync(app));
        await _files.IssueAsync("third");
        Assert.Equal("CN=third", await SubjectAsync(app));
        Assert.Equal(2, log.Said.Count(line => line.Contains("cannot be used", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("missing", "page.key")]
    [InlineData("page.pem", "missing")]
    [InlineData("page.key", "page.key")]
    [InlineData("page.pem", "signer.key")]
    [InlineData("page.csr", "page.key")]
    public async Task Files_that_make_no_certificate_stop_the_start_with_one_line(string certificate, string key)
    {
        await File.WriteAllTextAsync(_files!.At("page.csr"), "no certificate\n");
        var settings = await SettingsAsync(_files.At(certificate), _files.At(key));

        var (code, _, errors) = await TheProgram.RunAsync("run", "--config", settings);
        Assert.Equal(78, code);
        Assert.Contains($"Web:CertificateFile {_files.At(certificate)}", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);

        (code, var said, _) = await TheProgram.RunAsync("check", "--config", settings);
        Assert.NotEqual(0, code);
        Assert.StartsWith(
            "FAIL  page ",
            Assert.Single(said.Split('\n'), line => line.Contains("Web:CertificateFile", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_certificate_that_is_over_the_driver_is_watched_and_the_operator_told()
    {
        using var authority = new TestAuthority();
        var (certificate, key) = authority.Issue("old", TimeSpan.FromDays(-30), TimeSpan.FromDays(-1));
        var settings = await SettingsAsync(certificate, key);

        var (code, said, _) = await TheProgram.RunAsync("check", "--config", settings);
        Assert.NotEqual(0, code);
        Assert.Contains(
            "browsers will not trust",
            Assert.Single(said.Split('\n'), line => line.StartsWith("FAIL  page ", StringComparison.Ordinal)),
            StringComparison.Ordinal);

        await using var service = RunningProgram.Start("run", "--config", settings);
        await service.Says("Browsers will not trust the page's certificate");
        await service.Says("The first picture is judged");
    }

    [Fact]
    public async Task A_good_certificate_says_how_long()
    {
        await _files!.IssueAsync("short", days: 20);
        var line = PageProbe.Check(Settings(), TimeProvider.System);
        Assert.True(line.Ok);
        Assert.EndsWith($"certificate until {DateTime.UtcNow.AddDays(20):yyyy-MM-dd}: renew it soon", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_nobody_started_is_told_by_check()
    {
        Assert.Null(await PageProbe.CheckCollectorAsync(new(), TimeProvider.System, default));
        await using var collector = await OtlpReceiver.StartAsync(grpc: false);
        Assert.True(
            (await PageProbe.CheckCollectorAsync(new() { Collector = new(collector.Address) }, TimeProvider.System, default))!.Ok
        );
        var gone = await PageProbe.CheckCollectorAsync(
            new() { Collector = new($"http://127.0.0.1:{Loopback.FreePort()}") },
            TimeProvider.System,
            default);
        Assert.False(gone!.Ok);
        Assert.Contains("Web:Collector", gone.Text, StringComparison.Ordinal);
    }

    private WebSettings Settings() =>
        new()
        {
            Port = Loopback.FreePort(),
            CertificateFile = _files!.ChainFile,
            KeyFile = _files.KeyFile,
        };

    private Task<WebApplication> StartAsync(ILoggerFactory? log = null)
    {
        var settings = Settings();
        var hands = new PageActions { Acknowledge = () => { }, Dispute = _ => { }, Allowed = () => default, Parts = () => [] };
        return new PageServer(settings, PageSecurity.Open(settings), TimeProvider.System, log ?? NullLoggerFactory.Instance)
            .StartSomewhereAsync(new(), hands, new(), CancellationToken.None);
    }

    /// <summary>Whose certificate a new visitor is shown, who trusts the root alone.</summary>
    private async Task<string> SubjectAsync(WebApplication app)
    {
        using var root = X509CertificateLoader.LoadCertificateFromFile(_files!.RootFile);
        using var call = new TcpClient();
        await call.ConnectAsync("127.0.0.1", new Uri(app.Urls.First()).Port);
        await using var tls = new SslStream(call.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = new()
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { root },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            }
        );
        return tls.RemoteCertificate!.Subject;
    }

    private async Task<string> SettingsAsync(string certificate, string key)
    {
        var file = _files!.At("settings.json");
        await File.WriteAllTextAsync(file, $$"""
            { "DriverMonitor": {
                "Camera": { "Kind": "Portrait", "Source": "{{Path.Combine(ModelStore.DefaultFolder(), "portrait")}}" },
                "Web": { "Port": {{Loopback.FreePort()}}, "CertificateFile": "{{certificate}}", "KeyFile": "{{key}}" } } }
            """);
        return file;
    }

    /// <summary>Everything that is logged, whoever says it.</summary>
    private sealed class Words : ILoggerFactory, ILogger
    {
        private readonly List<string> _said = [];

        public IReadOnlyList<string> Said
        {
            get
            {
                lock (_said) return [.. _said];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_said) _said.Add(formatter(state, exception));
        }

        public void Dispose() { }
    }
}
