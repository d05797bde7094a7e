using System.CommandLine;
using DriverMonitor.Cli;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Cli;

/// <summary>Manual page, completions and help come from the command line itself.</summary>
public sealed class CommandTreeTests
{
    private static readonly RootCommand Root = CommandLine.Verbs(_ => throw new InvalidOperationException("Nothing is run here."));

    public static TheoryData<string> Written => [ManualPage.Of(Root), .. ShellCompletion.Shells.Select(shell => ShellCompletion.For(shell, Root))];

    [Theory]
    [MemberData(nameof(Written))]
    public void No_verb_and_no_option_is_missing(string text)
    {
        text = text.Replace("\\-", "-", StringComparison.Ordinal);
        foreach (var entry in CommandTree.Entries(Root).Where(entry => entry.Path.Length > 0))
            foreach (var word in (string[])[entry.Path.Split(' ')[^1], .. entry.Options.Select(option => option.Name[2..])])
                Assert.Contains(word, text, StringComparison.Ordinal);
    }

    public static TheoryData<string, string[]> Typed => new()
    {
        { "drivermonitor ", ["replay", "setup", "completion"] },
        { "drivermonitor rep", ["replay"] },
        { "drivermonitor replay night.mp4 --e", ["--events"] },
        { "drivermonitor heart ", ["scan", "pair"] },
        { "drivermonitor --config x heart sc", ["scan"] },
    };

    [Theory]
    [MemberData(nameof(Typed))]
    public async Task Bash_completes(string typed, string[] expected)
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, ShellCompletion.For("bash", Root));
        var (code, output) = await Tool.RunAsync("bash", "-c", """
            source "$0"; line=$1; read -ra COMP_WORDS <<< "$line"; [[ $line == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _drivermonitor; printf '%s\n' "${COMPREPLY[@]}"
            """, script, typed);
        File.Delete(script);

        Assert.True(code == 0, output);
        Assert.Superset(expected.ToHashSet(), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet());
    }

    public static TheoryData<string, string> Slips => new()
    {
        { "reply clip.mp4", "'replay'" },
        { "rep clip.mp4", "'replay'" },
        { "REPLAY clip.mp4", "'replay'" },
        { "chekc", "'check'" },
        { "consnet", "'consent'" },
        { "heart sacn", "'scan'" },
        { "replay clip.mp4 --evnts out", "'--events'" },
        { "replay --evnts out", "'--events'" },
        { "replay clip.mp4 --repotr=x", "'--report'" },
        { "demo --fsat", "'--fast'" },
        { "setup --confg x", "'--config'" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_slip_is_answered_with_what_was_meant(string typed, string meant)
    {
        var said = Misspelling.In(Root.Parse(typed.Split(' ')));

        Assert.Contains($"Did you mean {meant}?", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xyzzy")]
    [InlineData("ab")]
    [InlineData("replay clip.mp4 --something-else")]
    public void What_resembles_nothing_is_not_guessed_at(string typed) =>
        Assert.EndsWith("is not understood here.", Misspelling.In(Root.Parse(typed.Split(' '))), StringComparison.Ordinal);

    [Theory]
    [InlineData("check")]
    [InlineData("replay clip.mp4 --heart --file.csv --events out")]
    [InlineData("replay -- --clip.mp4")]
    [InlineData("replay clip.mp4 --speed 80")]
    public void What_is_known_is_left_alone(string typed) => Assert.Null(Misspelling.In(Root.Parse(typed.Split(' '))));

    [Theory]
    [InlineData("consent show x", "'x' is not understood here. Try 'drivermonitor consent show --help'.")]
    [InlineData("nothing", "'nothing' is not understood here. Try 'drivermonitor --help'.")]
    [InlineData("completion tcsh", "Must be one of: 'bash' 'zsh' 'fish' 'man' Try 'drivermonitor completion --help'.")]
    public void A_mistake_is_one_line_that_names_the_verbs_help(string typed, string said) =>
        Assert.EndsWith(said, CommandLine.Mistake(Root.Parse(typed.Split(' '))), StringComparison.Ordinal);

    [Theory]
    [InlineData("completion bahs", "'bahs' is not understood here. Did you mean 'bash'?")]
    [InlineData("completion Fish", "'Fish' is not understood here. Did you mean 'fish'?")]
    [InlineData("replay clip.mp4 --report r.html --language ed", "'ed' not recognized")]
    [InlineData("consent grant camrea", "'camrea' is not understood here. Did you mean 'camera'?")]
    [InlineData("consent withdraw heart strses", "'strses' is not understood here. Did you mean 'stress'?")]
    [InlineData("bench clip.mp4 --passes many", "'many' is no number for --passes.")]
    [InlineData("can watch --seconds 5x", "'5x' is no number for --seconds.")]
    public void A_slip_in_a_value_is_answered_too(string typed, string said) =>
        Assert.Contains(said, CommandLine.Mistake(Root.Parse(typed.Split(' '))), StringComparison.Ordinal);

    /// <summary>Whatever stands behind an option that takes no text.</summary>
    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_value_that_cannot_be_is_a_mistake_and_no_crash(string path)
    {
        var entry = CommandTree.Entries(Root).Single(one => one.Path == path);
        foreach (var option in entry.Options.Where(option => IsNumber(option.ValueType)))
            foreach (var value in new[] { "many", "1e99", "99999999999", "5x", "0x10", "-" })
            {
                var said = CommandLine.Mistake(Root.Parse([.. path.Split(' '), option.Name, value]));

                Assert.NotNull(said);
                Assert.DoesNotContain("System.", said, StringComparison.Ordinal);
            }
    }

    private static bool IsNumber(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type)
        is TypeCode.Int32 or TypeCode.Int64 or TypeCode.UInt16 or TypeCode.Double;

    /// <summary>Each verb's help stands by itself: how it is used, what its options do, what its end tells.</summary>
    [Theory]
    [InlineData("help", "Commands:")]
    [InlineData("help replay", "drivermonitor replay [<INPUT>] [options]")]
    [InlineData("heart --help", "drivermonitor heart [command] [options]")]
    public async Task Help_is_a_word_too(string typed, string said)
    {
        var (code, output, errors) = await TheProgram.RunAsync(typed.Split(' '));

        Assert.Equal((ExitCode.Fine, ""), (code, errors));
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_version_is_a_line()
    {
        var (code, output, errors) = await TheProgram.RunAsync("--version");

        Assert.Equal((ExitCode.Fine, ""), (code, errors));
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", output);
    }

    public static TheoryData<string> Verbs =>
        [.. CommandTree.Entries(Root).Where(entry => entry.Path.Length > 0).Select(entry => entry.Path)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_and_option_says_what_it_does(string path)
    {
        var entry = CommandTree.Entries(Root).Single(one => one.Path == path);

        Assert.False(string.IsNullOrWhiteSpace(entry.Description));
        Assert.All(entry.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
    }

    [Fact]
    public async Task Without_a_verb_it_says_what_there_is_and_every_exit_code()
    {
        var (code, output, errors) = await TheProgram.RunAsync();

        Assert.Equal((ExitCode.Fine, ""), (code, errors));
        foreach (var verb in CommandTree.Entries(Root)[0].Verbs) Assert.Contains($"  {verb} ", output, StringComparison.Ordinal);
        foreach (var (number, meaning) in ExitCode.Meanings) Assert.Contains($"{number,3}  {meaning}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_go_to_the_standard_output_alone()
    {
        var beats = Path.GetTempFileName();
        await File.WriteAllLinesAsync(beats, Enumerable.Repeat("800", 100));

        var (code, output, errors) = await TheProgram.RunAsync("replay", "--heart", beats, "--events", "-");

        File.Delete(beats);
        Assert.True(code == 0, errors);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => System.Text.Json.JsonDocument.Parse(line).Dispose());
        Assert.Contains(" s, driver's face", errors, StringComparison.Ordinal);
    }
}
