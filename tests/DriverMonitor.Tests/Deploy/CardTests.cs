using System.Text;
using System.Text.RegularExpressions;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Deploy;

/// <summary>A card's first start, written from a repository and a fleet's answers.</summary>
public sealed partial class CardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("card").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_installs_answers_and_then_starts_the_service_with_the_answers()
    {
        var (code, said) = await Write("""{ "board": "Pi5", "broker": "none" }""", "veh-0001");

        Assert.True(code == 0, said);
        Assert.StartsWith("#cloud-config\n", said, StringComparison.Ordinal);
        string[] order = ["apt-get install -y drivermonitor", "[drivermonitor, setup, --answers", "[rm, -f, ", "systemctl restart drivermonitor.service"];
        var places = order.Select(step => said.IndexOf(step, StringComparison.Ordinal)).ToList();
        Assert.True(places.TrueForAll(place => place > 0) && places.Order().SequenceEqual(places), said);
        var files = Content().Matches(said).Select(file => Encoding.UTF8.GetString(Convert.FromBase64String(file.Groups[1].Value)));
        Assert.Equal(["key", "source", """{ "board": "Pi5", "broker": "none" }"""], files);
        Assert.Contains("path: /root/drivermonitor-answers.json\n    permissions: \"0600\"", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no JSON", "veh-0001", 65)]
    [InlineData("{}", "veh 1; reboot", 64)]
    [InlineData("{}", "-", 64)]
    [InlineData(null, "veh-0001", 66)]
    public async Task What_cannot_be_is_one_line(string? answers, string name, int expected)
    {
        var (code, said) = await Write(answers, name);

        Assert.True(code == expected, said);
        Assert.Single(said.TrimEnd().Split('\n'));
    }

    private async Task<(int Code, string Said)> Write(string? answers, string name)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "drivermonitor-archive-keyring.gpg"), "key");
        await File.WriteAllTextAsync(Path.Combine(_folder, "drivermonitor.sources"), "source");
        var file = Path.Combine(_folder, "answers.json");
        if (answers is not null) await File.WriteAllTextAsync(file, answers);
        return await Tool.RunAsync("bash", SourceTree.Path("deploy", "sdcard", "make-user-data.sh"), _folder, file, name);
    }

    [GeneratedRegex("    content: (.+)\n")]
    private static partial Regex Content();
}
