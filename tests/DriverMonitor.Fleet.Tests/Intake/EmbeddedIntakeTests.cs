using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Protocol;

namespace DriverMonitor.Fleet.Tests.Intake;

/// <summary>Alone: the broker inside, with real clients, a real file and real certificates.</summary>
public sealed class EmbeddedIntakeTests : IDisposable
{
    private static readonly string[] OneTenant = ["acme"];
    private static readonly string[] BothTenants = ["acme", "beta"];
    private readonly TemporaryFolder _folder = new();
    private readonly Vehicle _vehicle = new();
    private readonly int _port = Loopback.FreePort();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_acknowledged_is_on_the_disk()
    {
        await using var fleet = await StartAsync();
        using var client = await ConnectAsync("veh-0001");
        for (var seq = 1; seq <= 20; seq++)
        {
            Assert.Equal(MqttClientPublishReasonCode.Success, await PublishAsync(client, _vehicle.Raise(seq)));
            // Counted on a connection of its own: it sees committed rows only.
            Assert.Equal(seq, await fleet.CountAsync("select count(*) from event"));
        }
    }

    [Fact]
    public async Task What_does_not_fit_is_acknowledged_kept_as_a_finding_and_stops_nobody()
    {
        await using var fleet = await StartAsync();
        using var client = await ConnectAsync("veh-0001");
        foreach (var body in new[] { "", "{", "[]", """{"id":7}""", new string('x', 70_000) })
        {
            Assert.Equal(
                MqttClientPublishReasonCode.Success,
                await PublishAsync(client, (_vehicle.Says.Root + "/alert/fatigue", System.Text.Encoding.UTF8.GetBytes(body))));
        }

        await PublishAsync(client, _vehicle.Raise(1));
        Assert.Equal(5, await fleet.CountAsync("select count(*) from finding where kind = 1"));
        Assert.Equal(1, await fleet.CountAsync("select count(*) from event"));
    }

    [Fact]
    public async Task A_vehicle_writes_its_own_topics_only_and_a_viewer_none()
    {
        await using var fleet = await StartAsync();
        using var other = await ConnectAsync("veh-0002");
        using var viewer = await ConnectAsync("fleet.viewer");

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await PublishAsync(other, _vehicle.Raise(1)));
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await PublishAsync(viewer, _vehicle.Raise(1)));
        Assert.Equal(0, await fleet.CountAsync("select count(*) from event"));
        var everything = await other.SubscribeAsync("dm/v1/acme/#");
        Assert.Equal(MqttClientSubscribeResultCode.NotAuthorized, everything.Items.Single().ResultCode);
    }

    [Theory]
    [InlineData("veh-0001", "wrong")]
    [InlineData("nobody", "secret")]
    public async Task Without_the_password_nobody_comes_in(string user, string password)
    {
        await using var fleet = await StartAsync();
        using var client = new MqttClientFactory().CreateMqttClient();
        await Listening(_port);
        var result = await client.ConnectAsync(Options(user).WithCredentials(user, password).Build());
        Assert.Equal(MqttClientConnectResultCode.NotAuthorized, result.ResultCode);
    }

    [Fact]
    public async Task While_the_store_has_no_room_vehicles_are_told_to_come_back_and_nothing_is_acknowledged()
    {
        await using var fleet = await StartAsync(store => new FullStore(store));
        var full = (FullStore)fleet.Store;
        using var client = await ConnectAsync("veh-0001");
        await PublishAsync(client, _vehicle.Raise(1));

        full.IsFull = true;
        Assert.Equal(MqttClientPublishReasonCode.QuotaExceeded, await PublishAsync(client, _vehicle.Raise(2)));
        full.IsFull = false;
        Assert.Equal(MqttClientPublishReasonCode.Success, await PublishAsync(client, _vehicle.Raise(2)));
        Assert.Equal(2, await fleet.CountAsync("select count(*) from event"));
    }

    [Fact]
    public async Task While_a_commit_is_under_way_a_vehicle_s_next_messages_come_and_are_stored_together()
    {
        await using var fleet = await StartAsync(store => new HeldStore(store));
        var store = (HeldStore)fleet.Store;
        using var client = await ConnectAsync("veh-0001");
        var first = PublishAsync(client, _vehicle.Raise(1));
        await store.Held;
        var others = Enumerable.Range(2, 19).Select(seq => PublishAsync(client, _vehicle.Raise(seq))).ToList();
        Assert.False(first.IsCompleted);

        store.Release();
        Assert.All(await Task.WhenAll([first, .. others]), code => Assert.Equal(MqttClientPublishReasonCode.Success, code));
        Assert.Equal(20, await fleet.CountAsync("select count(*) from event"));
        Assert.InRange(fleet.Figures.Batches, 2, 10);
    }

    /// <summary>3.1.1 has no word for "not now", and an answer without one would be a lie.</summary>
    [Fact]
    public async Task An_older_client_is_cut_off_when_its_message_cannot_be_stored()
    {
        await using var fleet = await StartAsync(store => new FullStore(store));
        ((FullStore)fleet.Store).IsFull = true;
        await Listening(_port);
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(Options("veh-0001").WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V311).Build());

        await Assert.ThrowsAnyAsync<Exception>(() => PublishAsync(client, _vehicle.Raise(1)));
        await Eventually.Sees("the end of its connection", () => !client.IsConnected);
    }

    [Theory]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce, 0, false)]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce, 1, false)]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce, 0, true)]
    public async Task A_message_that_the_broker_has_to_see_is_stored_before_it_is_answered_too(
        MqttQualityOfServiceLevel quality, ushort alias, bool isWatched)
    {
        await using var fleet = await StartAsync();
        using var viewer = isWatched ? await ConnectAsync("fleet.viewer") : null;
        var seen = 0;
        if (viewer is not null)
        {
            viewer.ApplicationMessageReceivedAsync += _ =>
            {
                Interlocked.Increment(ref seen);
                return Task.CompletedTask;
            };
            await viewer.SubscribeAsync("dm/v1/acme/#", MqttQualityOfServiceLevel.AtLeastOnce);
        }

        using var client = await ConnectAsync("veh-0001");
        for (var seq = 1; seq <= 3; seq++)
        {
            var (topic, body) = _vehicle.Raise(seq);
            var message = new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(body)
                .WithQualityOfServiceLevel(quality);
            if (alias > 0) message.WithTopicAlias(alias);
            Assert.Equal(MqttClientPublishReasonCode.Success, (await client.PublishAsync(message.Build())).ReasonCode);
            Assert.Equal(seq, await fleet.CountAsync("select count(*) from event"));
        }

        await Eventually.Sees("what the viewer sees", () => seen == (isWatched ? 3 : 0));
    }

    [Fact]
    public async Task A_vehicle_that_only_publishes_is_not_silent()
    {
        await using var fleet = await StartAsync();
        await Listening(_port);
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(Options("veh-0001").WithKeepAlivePeriod(TimeSpan.FromSeconds(1)).Build());
        var begun = TimeProvider.System.GetTimestamp();
        // The broker ends a connection after one and a half times its period.
        for (var seq = 1; TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(2.5); seq++)
            await PublishAsync(client, _vehicle.Raise(seq));
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task The_certificate_s_name_is_the_vehicle_and_a_stranger_s_or_a_revoked_one_does_not_come_in()
    {
        using var ours = new Authority("ours");
        using var rogue = new Authority("rogue");
        var tls = Loopback.FreePort();
        var revoked = _folder.PathOf("revoked.pem");
        await File.WriteAllTextAsync(revoked, ours.Revoke());
        await using var fleet = await StartWithTlsAsync(ours, tls, revoked);

        using var vehicle = await ConnectAsync(tls, ours.Client("CN=veh-0001"));
        Assert.Equal(MqttClientPublishReasonCode.Success, await PublishAsync(vehicle!, _vehicle.Raise(1)));
        Assert.Equal(
            MqttClientPublishReasonCode.NotAuthorized,
            await PublishAsync(vehicle!, new Vehicle(tenant: "beta").Raise(1)));
        using var beta = await ConnectAsync(tls, ours.Client("O=beta,CN=veh-0001"));
        Assert.Equal(
            MqttClientPublishReasonCode.Success,
            await PublishAsync(beta!, new Vehicle(tenant: "beta").Raise(1)));

        Assert.Null(await ConnectAsync(tls, rogue.Client("CN=veh-0001")));
        Assert.Null(await ConnectAsync(tls, ours.Client("O=unknown,CN=veh-0001")));
        var lost = ours.Client("CN=veh-0003");
        await File.WriteAllTextAsync(revoked, ours.Revoke(lost));
        Assert.Null(await ConnectAsync(tls, lost));
    }

    [Fact]
    public async Task A_vehicle_whose_certificate_is_taken_back_is_cut_off_and_the_others_stay()
    {
        using var ours = new Authority("ours");
        var tls = Loopback.FreePort();
        var revoked = _folder.PathOf("revoked.pem");
        await File.WriteAllTextAsync(revoked, ours.Revoke());
        await using var fleet = await StartWithTlsAsync(ours, tls, revoked);
        var stolen = ours.Client("CN=veh-0001");
        using var thief = await ConnectAsync(tls, stolen);
        using var honest = await ConnectAsync(tls, ours.Client("CN=veh-0002"));
        Assert.Equal(MqttClientPublishReasonCode.Success, await PublishAsync(thief!, _vehicle.Raise(1)));

        await File.WriteAllTextAsync(revoked, ours.Revoke(stolen));

        await Eventually.Sees("the end of its connection", () => !thief!.IsConnected);
        Assert.True(honest!.IsConnected);
        Assert.Equal(
            MqttClientPublishReasonCode.Success, await PublishAsync(honest, new Vehicle("veh-0002").Raise(1)));
    }

    [Theory]
    [InlineData("dm-acme-veh-0001")]
    [InlineData("dm-acme-veh-0001-heart")]
    [InlineData("anything")]
    public async Task No_vehicle_throws_another_out_by_taking_its_client_id(string clientId)
    {
        await using var fleet = await StartAsync();
        await Listening(_port);
        using var owner = new MqttClientFactory().CreateMqttClient();
        Assert.Equal(
            MqttClientConnectResultCode.Success,
            (await owner.ConnectAsync(Options("veh-0001").WithClientId(clientId).Build())).ResultCode);
        using var other = new MqttClientFactory().CreateMqttClient();
        Assert.Equal(
            MqttClientConnectResultCode.NotAuthorized,
            (await other.ConnectAsync(Options("veh-0002").WithClientId(clientId).Build())).ResultCode);

        Assert.Equal(MqttClientPublishReasonCode.Success, await PublishAsync(owner, _vehicle.Raise(1)));
        using var again = new MqttClientFactory().CreateMqttClient();
        Assert.Equal(
            MqttClientConnectResultCode.Success,
            (await again.ConnectAsync(Options("veh-0001").WithClientId(clientId).Build())).ResultCode);
        Assert.Equal(MqttClientPublishReasonCode.Success, await PublishAsync(again, _vehicle.Raise(2)));
    }

    private Task<FleetProgram> StartWithTlsAsync(Authority ours, int tls, string revoked) => FleetProgram.StartAsync(_folder, new
    {
        Store = _folder.PathOf("fleet.db"),
        Tenants = BothTenants,
        Broker = new
        {
            LoopbackPort = 0, TlsPort = tls, TlsAddress = "127.0.0.1", CaFile = ours.Write(_folder, "ca.pem"), RevokedFile = revoked,
            CertificateFile = ours.Issue(_folder, "CN=localhost").Certificate,
            KeyFile = ours.Issue(_folder, "CN=localhost").Key,
        },
    });

    private Task<FleetProgram> StartAsync(Func<IEventStore, IEventStore>? around = null) => FleetProgram.StartAsync(
        _folder,
        new
        {
            Store = _folder.PathOf("fleet.db"),
            Tenants = OneTenant,
            Broker = new
            {
                LoopbackPort = _port,
                Users = new Dictionary<string, string>
                    { ["veh-0001"] = "secret", ["veh-0002"] = "secret", ["fleet.viewer"] = "secret" },
            },
        },
        builder =>
        {
            if (around is null) return;
            builder.Services.AddSingleton(services => around(new SqliteEventStore(
                services.GetRequiredService<FleetDatabase>(), TimeProvider.System)));
        });

    private MqttClientOptionsBuilder Options(string user) => new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _port)
        .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithClientId(user).WithCredentials(user, "secret");

    private async Task<IMqttClient> ConnectAsync(string user)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        await Listening(_port);
        Assert.Equal(MqttClientConnectResultCode.Success, (await client.ConnectAsync(Options(user).Build())).ResultCode);
        return client;
    }

    private static Task Listening(int port) => Eventually.Sees("a listener", () =>
    {
        try
        {
            using var socket = new System.Net.Sockets.TcpClient("127.0.0.1", port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    });

    /// <summary>Null if it does not come in.</summary>
    private static async Task<IMqttClient?> ConnectAsync(int port, X509Certificate2 certificate)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        await Listening(port);
        try
        {
            var result = await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port)
                .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
                .WithTlsOptions(tls => tls.UseTls().WithClientCertificates([certificate])
                    .WithCertificateValidationHandler(_ => true)).Build());
            if (result.ResultCode == MqttClientConnectResultCode.Success) return client;
        }
        catch (Exception e) when (e is MQTTnet.Exceptions.MqttCommunicationException or OperationCanceledException)
        {
            // TLS was refused.
        }

        client.Dispose();
        return null;
    }

    private static async Task<MqttClientPublishReasonCode> PublishAsync(
        IMqttClient client, (string Topic, byte[] Body) message) =>
        (await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(message.Topic).WithPayload(message.Body)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build())).ReasonCode;
}
