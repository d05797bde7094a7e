using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Files;

/// <summary>
/// No output may be an input, another output or a settings file; what cannot be written is said, and an older file stays.
/// </summary>
public sealed class OverwriteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("overwrite").FullName;

    public OverwriteTests()
    {
        Write("beats.txt", string.Concat(Enumerable.Repeat("812\n835\n", 60)));
        Write("speed.csv", "0,50\n");
        Write("settings.json", """{ "DriverMonitor": {} }""");
        Write("older.html", "yesterday's");
        Directory.CreateDirectory(At("kept"));
        Write("kept/anna.consent.json", "{}");
        Write("page.key", "secret");
        Write(
            "kept.json",
            $$"""{ "DriverMonitor": { "Profiles": { "Folder": "{{At("kept")}}" }, "Web": { "PasswordFile": "{{At("page.key")}}" } } }"""
        );
        Directory.CreateDirectory(At("pictures"));
        File.Copy(Pictures.Golden("grace_hopper_usnavy.jpg"), At("pictures/1.jpg"));
        File.CreateSymbolicLink(At("soft.txt"), At("beats.txt"));
        File.CreateSymbolicLink(At("later"), At("not-yet.jsonl"));
        Directory.CreateSymbolicLink(At("door"), _folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, int, string> Collisions => new()
    {
        { "--heart @beats.txt --events @beats.txt", 64, "--heart" },
        { "--heart @beats.txt --trace @soft.txt", 64, "--heart" },
        { "--heart @beats.txt --events @hard.txt", 64, "--heart" },
        { "--heart @soft.txt --report @beats.txt", 64, "--heart" },
        { "--heart @beats.txt --events @door/beats.txt", 64, "--heart" },
        { "--heart @beats.txt --events @pictures/../beats.txt", 64, "--heart" },
        { "--heart @beats.txt --config @settings.json --report @settings.json", 64, "--config" },
        { "--heart @beats.txt --speed @speed.csv --trace @speed.csv", 64, "--speed" },
        { "--heart @beats.txt --events @out --trace @out", 64, "--events" },
        { "--heart @beats.txt --events @out --report @door/out", 64, "--events" },
        { "--heart @beats.txt --events @later --trace @not-yet.jsonl", 64, "--events" },
        { "@pictures --events @pictures/1.jpg", 64, "a file of the input" },
        { "@pictures --events @pictures/2.jpg", 64, "would become a part" },
        { "@pictures --trace @door/pictures/2.PNG", 64, "would become a part" },
        { "@pictures --record @pictures", 64, "the input" },
        { "--heart @beats.txt --config @kept.json --events @kept/anna.consent.json", 64, "Profiles:Folder" },
        { "--heart @beats.txt --config @kept.json --report @consent.txt", 64, "Profiles:Folder" },
        { "--heart @beats.txt --config @kept.json --trace @page.key", 64, "Web:PasswordFile" },
        { "@pictures/1.jpg --trace @pictures/1.jpg", 64, "the input" },
        { "--heart @beats.txt --record @beats.txt", 78, "no folder" },
        { "--heart @beats.txt --record /proc/nothing", 78, "/proc/nothing" },
        { "--heart @beats.txt --events @pictures", 78, "pictures" },
        { "--heart @beats.txt --events /dev/full", 73, "No space left" },
        { "--heart @beats.txt --trace /dev/full", 73, "No space left" },
        { "--heart @beats.txt --report /dev/full --events @out", 73, "No space left" },
    };

    [Theory]
    [MemberData(nameof(Collisions))]
    public async Task Refused_in_one_line_with_nothing_touched(string line, int code, string says)
    {
        await Tool.RunAsync("ln", At("beats.txt"), At("hard.txt"));
        await Tool.RunAsync("ln", At("kept/anna.consent.json"), At("consent.txt"));
        var before = Contents();

        var (exit, output, errors) = await TheProgram.RunAsync(["replay", .. line.Split(' ').Select(Fill)]);

        Assert.True(exit == code, $"exit code {exit} instead of {code}: {errors}");
        Assert.Contains(says, Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal("", output);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task An_output_through_a_link_is_put_where_the_link_leads()
    {
        var (exit, _, errors) = await TheProgram.RunAsync(
            "replay", "--heart", At("beats.txt"), "--events", At("later"), "--trace", "/dev/null");

        Assert.True(exit == 0, errors);
        Assert.NotNull(File.ResolveLinkTarget(At("later"), returnFinalTarget: false));
        Assert.Contains("heart_summary", await File.ReadAllTextAsync(At("not-yet.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_fails_leaves_an_older_report_as_it_was()
    {
        var (exit, _, _) = await TheProgram.RunAsync(
            "replay", "--heart", At("beats.txt"), "--report", At("older.html"), "--events", "/dev/full");

        Assert.Equal((ExitCode.CannotWrite, "yesterday's"), (exit, await File.ReadAllTextAsync(At("older.html"))));
        Assert.Empty(Directory.GetFiles(_folder, "*.partial"));
    }

    private string Contents() =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(_folder, "*", SearchOption.TopDirectoryOnly)
                .Order(StringComparer.Ordinal)
                .Where(file => !file.EndsWith("/later", StringComparison.Ordinal))
                .Select(file =>
                    $"{file} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}")
        ) + string.Join(' ', Directory.GetFiles(At("pictures")).Order(StringComparer.Ordinal));

    private string Fill(string word) => word.StartsWith('@') ? At(word[1..]) : word;

    private string At(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);
}
