using System.Diagnostics;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Files;

/// <summary>
/// What is no file, never ends or has no name is answered at once, in one line, by every verb that takes a path.
/// </summary>
public sealed class OddInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("odd").FullName;

    public OddInputTests()
    {
        File.WriteAllText(At("beats.txt"), "812\n835\n");
        File.CreateSymbolicLink(At("a"), At("b"));
        File.CreateSymbolicLink(At("b"), At("a"));
        using var made = Process.Start("mkfifo", [At("pipe"), At("pipe.jpg"), At("pipe.recording")]);
        made.WaitForExit();
        Directory.CreateDirectory(At("shots"));
        File.Move(At("pipe.jpg"), At("shots/1.jpg"));
        Write("empty", "");
        Write("number.json", "812");
        Write(
            "same.json",
            $$"""{ "DriverMonitor": { "Web": { "PasswordFile": "{{At("beats.txt")}}", "CertificateFile": "{{At("beats.txt")}}", "KeyFile": "{{At("beats.txt")}}" } } }"""
        );
        Write("pipe.json", $$"""{ "DriverMonitor": { "Web": { "PasswordFile": "{{At("pipe")}}" } } }""");
        Write("loop.json", $$"""{ "DriverMonitor": { "Recording": { "Folder": "{{At("a")}}" } } }""");
        Write("self.json", $$"""{ "DriverMonitor": { "Web": { "PasswordFile": "{{At("self.json")}}" } } }""");
        Write("latin.json", "{ \"DriverMonitor\": { \"Mqtt\": { \"Vehicle\": \"K\xfchler\" } } }");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, int, string> Odd => new()
    {
        { "replay ''", 64, "INPUT is empty" },
        { "replay --heart @beats.txt --record ''", 64, "--record is empty" },
        { "replay --heart ''", 64, "--heart is empty" },
        { "replay --heart @beats.txt --events ''", 64, "--events is empty" },
        { "replay --heart @beats.txt --trace ''", 64, "--trace is empty" },
        { "replay --heart @beats.txt --report ''", 64, "--report is empty" },
        { "replay --heart @beats.txt --speed ''", 64, "--speed is empty" },
        { "run --config ''", 64, "--config is empty" },
        { "check --config ''", 64, "--config is empty" },
        { "quiet --config ''", 64, "--config is empty" },
        { "setup --config ''", 64, "--config is empty" },
        { "bench x.mp4 --config ''", 64, "--config is empty" },
        { "consent show --config ''", 64, "--config is empty" },
        { "password --config ''", 64, "--config is empty" },
        { "heart scan --config ''", 64, "--config is empty" },
        { "recording show ''", 64, "RECORDING is empty" },
        { "bench @beats.txt --passes 0", 64, "--passes" },
        { "bench @beats.txt --passes -1", 64, "--passes" },
        { "bench @pipe", 66, "pipe" },
        { "replay @pipe", 66, "pipe" },
        { "replay @pipe.recording", 66, "pipe" },
        { "replay @shots", 66, "1.jpg is a pipe" },
        { "replay @a", 66, "symbolic links" },
        { "replay /dev/zero", 66, "device" },
        { "replay --heart @pipe", 66, "pipe" },
        { "replay --heart /dev/zero", 66, "device" },
        { "replay --heart /proc/self/mem", 66, "/proc/self/mem" },
        { "replay --heart @shots", 66, "folder" },
        { "replay /proc/kmsg", 66, "kernel" },
        { "replay --heart /proc/kmsg", 66, "kernel" },
        { "recording show /proc/self/mem", 66, "kernel" },
        { "replay --heart @beats.txt --speed @pipe", 66, "pipe" },
        { "replay --heart @beats.txt --speed @empty", 66, "holds no speed" },
        { "replay @\uFFFD.mp4", 64, "INPUT is not UTF-8" },
        { "replay " + new string('x', 3000), 66, "xxx...xxx" },
        { "setup --config @number.json", 78, "no object" },
        { "password --config @same.json", 64, "Web:PasswordFile" },
        { "replay --heart @beats.txt --config @pipe", 78, "pipe" },
        { "recording show @a", 66, "@a" },
        { "recording show @pipe", 66, "pipe" },
        { "export --open @pipe --key @pipe", 66, "pipe" },
        { "quiet --config @pipe", 78, "pipe" },
        { "quiet --config @pipe.json", 78, "Web:PasswordFile" },
        { "quiet --config @loop.json", 78, "Recording:Folder" },
        { "password --config @self.json", 78, "Web:PasswordFile is this settings file itself" },
        { "quiet --config @latin.json", 78, "not UTF-8" },
        { "quiet --config @shots", 78, "is a folder" },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task Answered_in_one_line(string line, int code, string says)
    {
        var (exit, output, errors) = await TheProgram.RunAsync([.. line.Split(' ').Select(Fill)]);

        Assert.True(exit == code, $"exit code {exit} instead of {code}: {errors}");
        var only = Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.InRange(only.Length, 1, 500);
        Assert.StartsWith("drivermonitor: ", only, StringComparison.Ordinal);
        Assert.Contains(says.StartsWith('@') ? Fill(says) : says, only, StringComparison.Ordinal);
        Assert.Equal("", output);
    }

    private string Fill(string word) => word == "''" ? "" : word.StartsWith('@') ? At(word[1..]) : word;

    private string At(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text, System.Text.Encoding.Latin1);
}
