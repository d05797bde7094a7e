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
    [InlineData("enrol ../veh", ExitCode.BadConfiguration, "is no vehicle's name")]
    [InlineData("enrol veh-0001 --tenant other", ExitCode.BadConfiguration, "Fleet:Tenants does not name 'other'")]
    [InlineData("token create reports --tenant acme --scope everything", ExitCode.BadUsage, "everything")]
    [InlineData("setup fleet.example.com", ExitCode.BadConfiguration, "is there already and stays as it is")]
    [InlineData("setup a/b", ExitCode.BadConfiguration, "is no name or address")]
    [InlineData("export --from yesterday", ExitCode.BadUsage, "must be a time such as")]
    [InlineData("export --format xlsx", ExitCode.BadUsage, "xlsx")]
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

    //  what is asked                             the exit code, and what the one line says
    [Theory]
    [InlineData("simulate --vehicles 0", ExitCode.BadUsage, "--vehicles must lie between 1 and 99999")]
    [InlineData("simulate --hours NaN", ExitCode.BadUsage, "--hours must lie between 0.01 and 10000")]
    [InlineData("simulate --broker localhost", ExitCode.BadUsage, "--broker is host:port")]
    [InlineData("simulate --broker 127.0.0.1:1", ExitCode.DeviceFailed, "refused")]
    [InlineData("demo --vehicles -3", ExitCode.BadUsage, "--vehicles must lie between")]
    public async Task A_simulation_that_cannot_be_is_one_line(string asked, int code, string words)
    {
        var (ended, output) = await Operator.FleetAsync(asked.Split(' '));

        Assert.True(ended == code, output);
        Assert.Contains(words, output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }

    /// <summary>In this process, where nobody reads what it says.</summary>
    private static async Task DoesHere(params string[] arguments) => Assert.Equal(ExitCode.Fine, await Program.Main(arguments));

    private static async Task<string> Does(params string[] arguments)
    {
        var (code, output) = await Operator.FleetAsync(arguments);
        Assert.True(code == ExitCode.Fine, output);
        return output;
    }
}
