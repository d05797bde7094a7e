using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Configuration;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using DriverMonitor.Time;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Mqtt;

/// <summary>Which brokers a vehicle talks to; each is a real mosquitto with another certificate.</summary>
public sealed class BrokerTrustTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task One_whose_certificate_is_over_is_a_stranger()
    {
        await using var broker = await StartAsync(_authority.Issue("broker", -2 * Day, -Day));

        Assert.Contains("it is not valid at", await Check(broker, new()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_another_name_is_a_stranger()
    {
        await using var broker = await StartAsync(_authority.Issue("broker", -Day, Day, address: IPAddress.Parse("10.9.8.7")));

        Assert.Contains("is for another name", await Check(broker, new()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_whose_certificate_was_taken_back_is_a_stranger()
    {
        var certificate = _authority.Issue("broker");
        await using var broker = await StartAsync(certificate);

        var other = _authority.Revoke(_authority.Issue("another").CertificateFile);
        Assert.StartsWith("True", await Check(broker, new() { RevokedFile = other }), StringComparison.Ordinal);
        var list = _authority.Revoke(certificate.CertificateFile);
        Assert.Contains("was revoked", await Check(broker, new() { RevokedFile = list }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_only_speaks_the_old_TLS_is_not_talked_to()
    {
        var (certificate, key) = _authority.Issue("broker");
        using var shown = X509Certificate2.CreateFromPemFile(certificate, key);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var greeting = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            using var secure = new SslStream(client.GetStream());
            await secure.AuthenticateAsServerAsync(
                shown, clientCertificateRequired: false, SslProtocols.Tls12, checkCertificateRevocation: false);
        });

        Assert.Contains(
            "cannot be reached", await Check(((IPEndPoint)listener.LocalEndpoint).Port, new()), StringComparison.Ordinal);
        await Assert.ThrowsAsync<AuthenticationException>(() => greeting);
    }

    // A board without a battery starts in 1970, where no certificate is valid yet.
    [Fact]
    public async Task A_vehicle_that_believes_it_is_1970_knows_its_broker_and_no_other()
    {
        await using var good = await StartAsync(_authority.Issue("broker"));
        await using var over = await StartAsync(_authority.Issue("over", -1000 * Day, -999 * Day));
        var settings = _authority.Write("settings.json", $$"""
            { "DriverMonitor": { "Mqtt": { "Brokers": ["{{good.Address}}", "{{over.Address}}"], "Tls": { "CaFile": "{{_authority.CaFile}}" } } } }
            """);

        using var check = Mosquitto.Launch("faketime", "-m", "-f", "@1970-01-02 00:00:00",
            "dotnet", Path.Combine(AppContext.BaseDirectory, "drivermonitor.dll"), "check", "--config", settings);
        var said = await check.StandardOutput.ReadToEndAsync();

        Assert.Contains($"{good.Address} accepts", said, StringComparison.Ordinal);
        Assert.Matches($"{over.Address} cannot be reached: .*not valid at 20", said);
    }

    [Fact]
    public async Task The_vehicles_key_may_be_encrypted()
    {
        var (certificate, key) = _authority.Issue("veh-0001", -Day, Day, keyPassword: "open sesame");
        await using var broker = await StartAsync(_authority.Issue("broker"), "require_certificate true");
        var tls = new TlsSettings
        {
            CertificateFile = certificate,
            KeyFile = key,
            KeyPasswordFile = _authority.Write("password", "open sesame\n"),
        };

        Assert.StartsWith("True", await Check(broker, tls), StringComparison.Ordinal);
        Assert.StartsWith("False Mqtt:Tls:CertificateFile and KeyFile", await Check(broker, tls with { KeyPasswordFile = _authority.Write("wrong", "no") }),
            StringComparison.Ordinal);
        Assert.StartsWith("False Mqtt:Tls:CertificateFile and KeyFile", await Check(broker, new() { CertificateFile = certificate, KeyFile = _authority.Issue("another").KeyFile }),
            StringComparison.Ordinal);
    }

    // Where the clock is trusted, and what a certificate proves to be past; then what the time is taken for, in days from
    // 2026-01-01.
    [Theory]
    [InlineData("a clock that nobody vouches for can only be behind", -20_000, 90, 30, 90)]
    [InlineData("the floor counts where it is later", -20_000, 10, 30, 30)]
    [InlineData("and so does the clock", 100, 10, 30, 100)]
    public void Without_a_trusted_clock_the_time_is_no_earlier_than_what_is_known(
        string story, int clock, int proof, int floor, int expected)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var trust = new ClockQuality(new FakeTimeProvider(start.AddDays(clock)));
        trust.RaiseFloor(start.AddDays(floor));
        // A machine whose kernel is kept by a time server vouches for any time after the program was written.
        if (trust.IsTrusted) expected = clock;

        Assert.Equal((story, start.AddDays(expected)), (story, trust.AtLeast(start.AddDays(proof))));
    }

    private Task<Mosquitto> StartAsync((string Certificate, string Key) with, string more = "") =>
        Mosquitto.StartAsync(_ => $"cafile {_authority.CaFile}\ncertfile {with.Certificate}\nkeyfile {with.Key}\nallow_anonymous true\n{more}");

    private Task<string> Check(Mosquitto broker, TlsSettings tls) => Check(broker.Address.Port, tls);

    private async Task<string> Check(int port, TlsSettings tls)
    {
        var settings = new MqttSettings { Brokers = [$"127.0.0.1:{port}"], Tls = tls with { CaFile = _authority.CaFile } };
        var line = Assert.Single(await BrokerProbe.CheckAsync(settings, TimeProvider.System, CancellationToken.None));
        return $"{line.Ok} {line.Text}";
    }
}
