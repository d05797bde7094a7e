using System.Net.Sockets;
using System.Text;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Commands;

/// <summary>The service as systemd starts it: it says when it is ready, and in one line why it cannot be.</summary>
public sealed class RunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_tells_systemd_when_it_is_ready_and_a_second_one_is_one_line()
    {
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(_folder.PathOf("notify")));
        var config = Write($$"""
            "Broker": { "LoopbackPort": {{Loopback.FreePort()}} }, "Web": { "Port": 0 }, "Marks": { "KeyFile": "" }
            """);
        using var service = FleetProcess.Start(config, ("NOTIFY_SOCKET", _folder.PathOf("notify")));
        using var late = new CancellationTokenSource(Patience);
        var buffer = new byte[256];
        Assert.Equal("READY=1", Encoding.ASCII.GetString(buffer, 0, await systemd.ReceiveAsync(buffer.AsMemory(), late.Token)));

        var (code, output) = await Operator.FleetAsync("run", "--config", config);

        Assert.True(code == ExitCode.DeviceFailed, output);
        Assert.Matches(@"^drivermonitor-fleet: Fleet:Broker:LoopbackPort: 127\.0\.0\.1:\d+ cannot be opened: [^\n]+\n$", output);
    }

    //  what stands in the settings file                         what the one line says
    [Theory]
    [InlineData("\"Retention\": { \"Event\": 30 }", "'Fleet:Retention:Event' is no setting. Did you mean 'Events'?")]
    [InlineData("\"Retention\": { \"Events\": 0 }", "The field Events must be between 1 and 3650.")]
    [InlineData("\"Privacy\": { \"acme\": \"P9\" }", "Fleet:Privacy:acme is 'P9'. Give P0 to P3 to one of Fleet:Tenants.")]
    public async Task Wrong_settings_are_one_line(string setting, string words)
    {
        var (code, output) = await Operator.FleetAsync("run", "--config", Write(setting));

        Assert.Equal((ExitCode.BadConfiguration, $"drivermonitor-fleet: {words}\n"), (code, output));
    }

    [Theory]
    [InlineData("/nowhere/fleet.db", ExitCode.DeviceFailed, "Fleet:Store: /nowhere/fleet.db: ")]
    [InlineData("Host=127.0.0.1;Port=1;Username=fleet;Password=secret", ExitCode.DeviceFailed, "Fleet:Store: PostgreSQL: ")]
    [InlineData("Host=127.0.0.1;Prot=1;Password=secret", ExitCode.BadConfiguration, "Fleet:Store is no connection string of PostgreSQL: ")]
    public async Task A_store_that_cannot_be_used_is_one_line_without_its_password(string store, int expected, string words)
    {
        var config = Write("\"Web\": { \"Port\": 0 }", store);

        var (code, output) = await Operator.FleetAsync("migrate", "--config", config);

        Assert.True(code == expected, output);
        Assert.StartsWith($"drivermonitor-fleet: {words}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    private string Write(string settings, string? store = null)
    {
        var file = _folder.PathOf("fleet.json");
        File.WriteAllText(file, $$"""{ "Fleet": { "Store": "{{store ?? _folder.PathOf("fleet.db")}}", "Tenants": ["acme"], {{settings}} } }""");
        return file;
    }
}
