using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Cli;

/// <summary>
/// What somebody types by mistake gets one line that says what, where and what to do, and the documented exit code.
/// </summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cli").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, int, string> Mistakes => new()
    {
        { "reply clip.mp4", 64, "reply" },
        { "replay", 64, "INPUT" },
        { "replay clip.mp4 --event out.jsonl", 64, "--event" },
        { "replay {dir}/missing.mp4", 66, "missing.mp4" },
        { "replay {text.mp4}", 66, "text.mp4" },
        { "replay {dir}", 66, "picture" },
        { "replay {picture} --heart {dir}/missing.csv", 66, "missing.csv" },
        { "replay {picture} --heart {bad.csv}", 66, "line 2" },
        { "replay {picture} --speed {bad.csv}", 66, "line 2" },
        { "replay {picture} --speed fast", 66, "fast" },
        { "replay {picture} --config {dir}/missing.json", 78, "missing.json" },
        { "replay {picture} --config {broken.json}", 78, "broken.json" },
        { "replay {picture} --config {unknown.json}", 78, "Colour" },
        { "replay {picture} --config {range.json}", 78, "OpenPercentile" },
        { "replay {picture} --config {strict.json}", 78, "Alerts:LookAwayFast" },
        { "replay {picture} --config {nested.json}", 78, "Fatigue:Perclos60" },
        { "replay {picture} --config {kind.json}", 78, "ExpressionEvery" },
        { "replay {picture} --config {models.json}", 78, "nowhere" },
        { "replay {picture} --events {dir}/no/such/folder/out.jsonl", 78, "out.jsonl" },
        { "run --config {dir}/missing.json", 78, "missing.json" },
        { "setup --answers {bad.csv} --enrol {bad.csv}", 64, "exclude each other" },
        { "setup --yes", 64, "--enrol" },
        { "replay {picture} --speed -1", 64, "499 km/h" },
        { "replay {picture} --speed nan", 64, "499 km/h" },
        { "heart scan --seconds -5", 64, "1 to 86400" },
        { "can watch --seconds 2147483647", 64, "1 to 86400" },
        { "check --config {nothing.json}", 78, "it is empty" },
        { "quiet --config {chip.json}", 78, "GPIO" },
        { "check --config {broken.json}", 78, "broken.json" },
        { "heart pair A0:9E:1A", 64, "A0:9E:1A:00:11:22" },
        { "heart watch --config {empty.json}", 78, "heart scan" },
        { "run --config {strap.json}", 78, "'Polar'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task One_clear_line_and_the_documented_code(string line, int code, string says)
    {
        var (exit, _, errors) = await TheProgram.RunAsync([.. line.Split(' ').Select(Fill)]);

        Assert.True(exit == code, $"exit code {exit} instead of {code}: {errors}");
        var only = Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.StartsWith("drivermonitor: ", only, StringComparison.Ordinal);
        Assert.Contains(says, only, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.mp4")]
    [InlineData("text.mp4")]
    [InlineData("")] // the folder, without a picture
    public async Task A_slip_in_the_inputs_name_leaves_an_older_report_alone(string input)
    {
        Write("text.mp4", "this is not a video");
        var report = Write("report.html", "yesterday's");

        var (exit, _, _) = await TheProgram.RunAsync("replay", Path.Combine(_folder, input), "--report", report);

        Assert.Equal((ExitCode.InputUnreadable, "yesterday's"), (exit, await File.ReadAllTextAsync(report)));
    }

    [Theory]
    [InlineData("no-such-verb 2>&-", ExitCode.BadUsage, "")]
    [InlineData("no-such-verb 2>/dev/full", ExitCode.BadUsage, "")]
    [InlineData("replay --heart @beats --events - >&-", ExitCode.CannotWrite, "Standard output is closed")]
    [InlineData("replay --heart @beats --events - >/dev/full", ExitCode.CannotWrite, "No space left")]
    [InlineData("replay --heart @beats --events - <&-", ExitCode.Fine, "")]
    public async Task A_stream_that_is_closed_or_full_changes_the_words_and_not_the_code(string line, int code, string says)
    {
        var beats = Write("beats.txt", string.Concat(Enumerable.Repeat("812\n835\n", 60)));
        var program = Path.Combine(AppContext.BaseDirectory, "drivermonitor.dll");

        var (exit, output) = await Tool.RunAsync(
            "sh", "-c", $"dotnet '{program}' {line.Replace("@beats", $"'{beats}'", StringComparison.Ordinal)}");

        Assert.True(exit == code, $"exit code {exit} instead of {code}: {output}");
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    private string Fill(string word) =>
        word switch
        {
            "{picture}" => Pictures.Golden("grace_hopper_usnavy.jpg"),
            "{text.mp4}" => Write("text.mp4", "this is not a video"),
            "{bad.csv}" => Write("bad.csv", "1.0,70\n2.0,many,800\n"),
            "{nothing.json}" => Write("nothing.json", ""),
            "{broken.json}" => Write("broken.json", "{ \"DriverMonitor\": { "),
            "{unknown.json}" => Write("unknown.json", """{ "DriverMonitor": { "Camera": { "Colour": "blue" } } }"""),
            "{range.json}" => Write(
                "range.json",
                """{ "DriverMonitor": { "Judgement": { "Eyes": { "OpenPercentile": 3 } } } }"""),
            "{strict.json}" => Write(
                "strict.json",
                """{ "DriverMonitor": { "Judgement": { "Strict": true, "Alerts": { "LookAwayFast": "00:00:04" } } } }"""),
            "{nested.json}" => Write(
                "nested.json",
                """{ "DriverMonitor": { "Judgement": { "Fatigue": { "Perclos60": { "Weight": 99 } } } } }"""),
            "{kind.json}" => Write("kind.json", """{ "DriverMonitor": { "Vision": { "ExpressionEvery": "often" } } }"""),
            "{models.json}" => Write("models.json", """{ "DriverMonitor": { "Vision": { "ModelFolder": "/nowhere" } } }"""),
            "{empty.json}" => Write("empty.json", """{ "DriverMonitor": { "Vehicle": { "SpeedKmh": 50 } } }"""),
            "{strap.json}" => Write(
                "strap.json",
                """{ "DriverMonitor": { "HeartRate": { "Bluetooth": { "Addresses": ["Polar"] } } } }"""),
            "{chip.json}" => Write(
                "chip.json",
                """{ "DriverMonitor": { "Gpio": { "Board": "Chip", "Chip": "no-such-chip" } } }"""),
            _ => word.Replace("{dir}", _folder, StringComparison.Ordinal),
        };

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
