using System.Runtime.Versioning;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Commands;

/// <summary>An operator's first morning, at a shell.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OperatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Config => _folder.PathOf("fleet.json");

    private string State => _folder.PathOf("state");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_commands_make_a_receiver_and_the_third_a_vehicle()
    {
        await DoesHere("setup", "fleet.example.com", "192.0.2.7", "--tenant", "acme", "--folder", State, "--config", Config);
        await DoesHere("migrate", "--config", Config);
        var check = await Does("check", "--config", Config);
        Assert.DoesNotContain("FAIL", check, StringComparison.Ordinal);
        Assert.Matches("ok    broker       inside, TLS on port 8883, its certificate ends on 20", check);
        Assert.All(
            Directory.GetFiles(State, "*.key", SearchOption.AllDirectories),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));

        var file = _folder.PathOf("veh-0001.json");
        var said = await Does("enrol", "veh-0001", "--out", file, "--qr", "--config", Config);
        Assert.Contains("█", said, StringComparison.Ordinal);
        var enrolment = EnrolmentReader.Read(File.ReadAllBytes(file), out var fault);
        Assert.Null(fault);
        Assert.Equal(["fleet.example.com:8883", "192.0.2.7:8883"], enrolment!.Brokers.AsEnumerable());
        Assert.Equal("mark-1", Assert.Single(enrolment.Keys).Name);
        Assert.Contains("1 taken back", await Does("revoke", "veh-0001", "--config", Config), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_shown_once_and_taken_back_by_number()
    {
        File.WriteAllText(Config, $$"""{ "Fleet": { "Store": "{{_folder.PathOf("fleet.db")}}", "Tenants": ["acme"], "Marks": { "KeyFile": "" } } }""");

        var token = (await Does("token", "create", "reports", "--tenant", "acme", "--scope", "read", "export", "--config", Config)).Trim();
        await DoesHere("token", "revoke", "1", "--config", Config);
        var list = await Does("token", "list", "--config", Config);

        Assert.StartsWith("dmfleet_", token, StringComparison.Ordinal);
        Assert.Matches("reports .* read export .* revoked", list);
        Assert.DoesNotContain(token, list, StringComparison.Ordinal);
    }

    //  what is asked                                                        the exit code, and what the one line says
    [Theory]
    [InlineData("enrol ../veh", ExitCode.BadUsage, "is no vehicle's name")]
    [InlineData("enrol veh-0001 --tenant other", ExitCode.BadConfiguration, "Fleet:Tenants does not name 'other'")]
    [InlineData("setup fleet.example.com", ExitCode.BadConfiguration, "is there already and stays as it is")]
    [InlineData("setup a/b", ExitCode.BadUsage, "is no name or address")]
    [InlineData("setup fleet.example.com --broker --folder /nowhere", ExitCode.BadConfiguration, "/nowhere")]
    [InlineData("enrol veh-0001 --out /proc/veh-0001.json", ExitCode.DeviceFailed, "/proc/veh-0001.json")]
    [InlineData("account link a\nb", ExitCode.BadUsage, "1 to 64 printable characters")]
    [InlineData("export --tenant other", ExitCode.BadConfiguration, "Fleet:Tenants does not name 'other'")]
    [InlineData("export", ExitCode.BadConfiguration, "Nothing is stored of the tenant acme yet")]
    public async Task What_cannot_be_done_is_one_line_and_changes_nothing(string asked, int code, string words)
    {
        File.WriteAllText(Config, $$"""{ "Fleet": { "Store": "{{_folder.PathOf("fleet.db")}}", "Tenants": ["acme"], "Marks": { "KeyFile": "" } } }""");
        var before = File.ReadAllText(Config);

        var (ended, output) = await Operator.FleetAsync([.. asked.Split(' '), "--config", Config]);

        Assert.True(ended == code, output);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
        Assert.Equal(before, File.ReadAllText(Config));
    }

    [Fact]
    public async Task No_file_of_setup_takes_the_place_of_another_and_a_failed_renewal_keeps_the_key()
    {
        var key = Path.Combine(State, "broker.key");
        Assert.Equal(ExitCode.BadUsage, await Program.Main(["setup", "fleet.example.com", "--folder", State, "--config", key]));
        Assert.Contains("PRIVATE KEY", File.ReadAllText(key), StringComparison.Ordinal);
        var made = File.ReadAllText(key);
        // Once more, now with a name of its own: nothing that was made is made anew.
        await DoesHere("setup", "fleet.example.com", "--folder", State, "--config", Config);
        Assert.Equal(made, File.ReadAllText(key));

        File.Move(Path.Combine(State, "authority", "ca.key"), _folder.PathOf("offline.key"));
        Assert.Equal(
            ExitCode.BadConfiguration, await Program.Main(["setup", "fleet.example.com", "--folder", State, "--broker"]));
        Assert.Equal(made, File.ReadAllText(key));
        File.Move(_folder.PathOf("offline.key"), Path.Combine(State, "authority", "ca.key"));
        await DoesHere("setup", "fleet.example.com", "--folder", State, "--broker");
        Assert.NotEqual(made, File.ReadAllText(key));
    }

    [Fact]
    public async Task What_an_administrator_does_in_the_services_folder_stays_the_services()
    {
        if (!Environment.IsPrivilegedProcess) return;
        Directory.CreateDirectory(State);
        await Operator.RunAsync("chown", "nobody", State);
        await DoesHere("setup", "fleet.example.com", "--tenant", "acme", "--folder", State, "--config", Config);
        await DoesHere("enrol", "veh-0001", "--out", _folder.PathOf("veh-0001.json"), "--config", Config);
        await DoesHere("revoke", "veh-0001", "--config", Config);

        var (_, others) = await Operator.RunAsync("find", State, "-not", "-user", "nobody");
        Assert.Equal("", others);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(State, "fleet.db")));
    }

    //  what is asked                             the exit code, and what the one line says
    [Theory]
    [InlineData("simulate --vehicles 0", ExitCode.BadUsage, "--vehicles must lie between 1 and 99999")]
    [InlineData("simulate --broker 127.0.0.1:1", ExitCode.DeviceFailed, "refused")]
    [InlineData("simulate --tenant A", ExitCode.BadUsage, "--tenant must be 1 to 32")]
    public async Task A_simulation_that_cannot_be_is_one_line(string asked, int code, string words)
    {
        var (ended, output) = await Operator.FleetAsync(asked.Split(' '));

        Assert.True(ended == code, output);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost:")]
    [InlineData(":1883")]
    [InlineData("localhost:0")]
    [InlineData("localhost:65536")]
    [InlineData("localhost:+1")]
    [InlineData("::1:1883")]
    [InlineData("two words:1883")]
    [InlineData("mqtt://localhost:1883")]
    public async Task A_broker_is_a_host_and_a_port(string broker) =>
        Assert.Equal(ExitCode.BadUsage, await Program.Main(["simulate", "--broker", broker]));

    /// <summary>In this process, where nobody reads what it says.</summary>
    private static async Task DoesHere(params string[] arguments) => Assert.Equal(ExitCode.Fine, await Program.Main(arguments));

    private static async Task<string> Does(params string[] arguments)
    {
        var (code, output) = await Operator.FleetAsync(arguments);
        Assert.True(code == ExitCode.Fine, output);
        return output;
    }
}
