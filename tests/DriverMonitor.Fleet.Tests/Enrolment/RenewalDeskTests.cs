using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Channels;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Orders;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Fleet.Tests.Enrolment;

/// <summary>A vehicle that asks gets its next certificate by a signed order, and nobody else does.</summary>
public sealed class RenewalDeskTests : IDisposable
{
    private static readonly VehicleName Vehicle = new("acme", "veh-0001");

    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _mark = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SentOrders _sent = new();

    public RenewalDeskTests() => CertificateAuthority.Create(_folder.PathOf("authority"), "Test fleet", DateTimeOffset.UtcNow);

    public void Dispose()
    {
        _mark.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_answer_is_an_order_with_a_certificate_for_the_new_key()
    {
        await using var fleet = await StartAsync();
        await AskAsync(fleet, Request("CN=veh-0001", _key));
        await fleet.FeedAsync();

        var (topic, body) = Assert.Single(_sent.All);
        Assert.Equal("dm/v1/acme/veh-0001/cmd/certificate", topic);
        var order = CommandReader.Read(body, "certificate").Order!;
        Assert.Equal(("acme/veh-0001", "mark-1"), (order.To, order.KeyId));
        Assert.True(_mark.VerifyData(
            order.Canonical.AsSpan(), order.Signature.AsSpan(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        using var certificate = X509CertificateLoader.LoadCertificate(
            Convert.FromBase64String(((FleetCommand.RenewCertificate)order.Order).Certificate));
        Assert.Equal("O=acme, CN=veh-0001", certificate.Subject);
        Assert.Equal(_key.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    [Theory]
    [InlineData("the name of another vehicle")]
    [InlineData("a changed request")]
    [InlineData("a key on another curve")]
    [InlineData("no request")]
    [InlineData("a vehicle that was revoked")]
    public async Task Anything_else_gets_none(string what)
    {
        await using var fleet = await StartAsync();
        using var large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        if (what == "a vehicle that was revoked") await fleet.Get<IssuedCertificates>().RevokeAsync(Vehicle, default);
        var request = Request(what == "the name of another vehicle" ? "CN=veh-0002" : "CN=veh-0001", what == "a key on another curve" ? large : _key);
        if (what == "a changed request") request[^1] ^= 1;

        await AskAsync(fleet, what == "no request" ? [1, 2, 3] : request);
        await fleet.FeedAsync();

        Assert.Empty(_sent.All);
        Assert.Equal(1, await new Seed(fleet.Database).ScalarAsync<int>("select count(*) from certificate"));
    }

    private async Task<FleetHost> StartAsync()
    {
        var fleet = await FleetHost.StartAsync("sqlite", _folder, change: builder => builder.Services.AddSingleton<IFeedHandler>(services =>
            new RenewalDesk(
                CertificateAuthority.Open(_folder.PathOf("authority")), services.GetRequiredService<IssuedCertificates>(),
                new CommandSigner("mark-1", _mark), _sent, TimeProvider.System, NullLogger<RenewalDesk>.Instance)));
        await fleet.Get<Enroller>().EnrolAsync(Vehicle, isAgain: false, default);
        await fleet.FeedAsync();
        return fleet;
    }

    private static async Task AskAsync(FleetHost fleet, byte[] request)
    {
        var seed = new Seed(fleet.Database);
        var vehicle = await seed.VehicleAsync("acme", "veh-0001");
        await seed.EventAsync(
            vehicle, 1, EventType.CertificateRequest, $$"""{"csr":"{{Convert.ToBase64String(request)}}","until":"2026-12-22T09:00:00.000Z"}""",
            received: Seed.Now + 1);
    }

    private static byte[] Request(string subject, ECDsa key) =>
        new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSigningRequest();

    /// <summary>The way to vehicles; what is sent is kept.</summary>
    private sealed class SentOrders : IIntake
    {
        private readonly List<(string Topic, byte[] Body)> _all = [];

        public IReadOnlyList<(string Topic, byte[] Body)> All
        {
            get
            {
                lock (_all) return [.. _all];
            }
        }

        public ChannelReader<Delivery> Deliveries { get; } = System.Threading.Channels.Channel.CreateUnbounded<Delivery>().Reader;

        public bool CanRefuse => false;


        public Task RunAsync(CancellationToken stop) => Task.CompletedTask;

        public Task<bool> PublishAsync(string topic, ReadOnlyMemory<byte> body, CancellationToken stop)
        {
            lock (_all) _all.Add((topic, body.ToArray()));
            return Task.FromResult(true);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
