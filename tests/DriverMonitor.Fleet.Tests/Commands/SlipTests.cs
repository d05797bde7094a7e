using DriverMonitor.Fleet.Commands;

namespace DriverMonitor.Fleet.Tests.Commands;

/// <summary>A slip of the keyboard is one line that says what would be right, at every verb.</summary>
public sealed class SlipTests
{
    //  what is typed, words apart by a bar                            what the line says
    public static TheoryData<string, string> Slips => new()
    {
        { "expotr", "'expotr' is not understood here. Did you mean 'export'? Try 'drivermonitor-fleet --help'." },
        { "chekc", "Did you mean 'check'?" },
        { "RUN", "Did you mean 'run'?" },
        { "sim", "Did you mean 'simulate'?" },
        { "nonsense", "'nonsense' is not understood here. Try" },
        { "token|craete|reports", "Did you mean 'create'? Try 'drivermonitor-fleet token --help'." },
        { "account|lnik", "Did you mean 'link'?" },
        { "export|--formt|csv", "Did you mean '--format'? Try 'drivermonitor-fleet export --help'." },
        { "export|--formt=csv", "Did you mean '--format'?" },
        { "check|--confg|x", "Did you mean '--config'?" },
        { "setup|x|--tennant|acme", "Did you mean '--tenant'?" },
        { "demo|--vehicels|3", "Did you mean '--vehicles'?" },
        { "run|now", "'now' is not understood here." },
        { "migrate|0001.sql", "'0001.sql' is not understood here." },
        // Numbers.
        { "simulate|--vehicles|0", "--vehicles must lie between 1 and 99999" },
        { "simulate|--vehicles|many", "--vehicles must lie between 1 and 99999" },
        { "simulate|--vehicles|1.5", "--vehicles must lie between 1 and 99999" },
        { "simulate|--vehicles|99999999999999999999", "--vehicles must lie between 1 and 99999" },
        { "simulate|--hours|NaN", "--hours must lie between 0.01 and 10000" },
        { "simulate|--hours|Infinity", "--hours must lie between 0.01 and 10000" },
        { "simulate|--alerts|-1", "--alerts must lie between 0.01 and 1000" },
        { "demo|--vehicles|-3", "--vehicles must lie between" },
        { "setup|fleet.example.com|--port|65536", "--port must lie between 1 and 65535" },
        { "bench|--events|0", "--events must lie between 1000 and 10000000" },
        { "bench|--broker|x", "--broker must lie between 0 and 65535" },
        { "token|create|x|--tenant|acme|--scope|read|--days|0", "--days must lie between 1 and 730" },
        { "token|revoke|one", "number must lie between 1 and 2147483647" },
        { "token|revoke|-1", "number must lie between 1" },
        // Missing, twice, empty, and what is none of a list.
        { "enrol", "enrol" },
        { "setup", "setup" },
        { "run|--config", "--config" },
        { "run|--config|a|--config|b", "--config" },
        { "export|--tenant|a|--tenant|b", "--tenant" },
        { "run|--config|", "--config is empty. Give a value, or leave it out." },
        { "enrol|veh-1|--out|", "--out is empty" },
        { "setup|", "names is empty" },
        { "setup|fleet.example.com|--folder| ", "--folder is empty" },
        { "export|--format|xlsx", "xlsx" },
        { "export|--from|yesterday", "--from must be a time such as 2026-11-30T12:00:00Z" },
        { "token|create|x|--tenant|acme|--scope|everything", "everything" },
        { "completion|powershell", "powershell" },
        // What a terminal must not be sent.
        { "\u001b[31mrun", @"'\x1b[31mrun' is not understood here" },
        { "run|--config|\ufffd", "--config is not UTF-8" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_slip_is_one_line(string typed, string words)
    {
        var mistake = CommandLine.MistakeIn(typed.Split('|'));

        Assert.Contains(words, mistake, StringComparison.Ordinal);
        Assert.Matches("^[^\\n\\x1b]{1,400} Try 'drivermonitor-fleet [a-z ]*--help'\\.$", mistake);
    }

    [Fact]
    public void A_word_as_long_as_a_book_does_not_fill_the_terminal() =>
        Assert.InRange(CommandLine.MistakeIn([new('x', 100_000)])!.Length, 1, 400);

    [Theory]
    [InlineData("run")]
    [InlineData("demo|--vehicles|3|--hours|0.5|--stay")]
    [InlineData("setup|fleet.example.com|2001:db8::1|--tenant|acme|--port|8883")]
    [InlineData("token|create|x|--tenant|acme|--scope|read|export|--days|730")]
    [InlineData("export|--format|csv|--from|2026-11-30")]
    public void What_is_right_is_not(string typed) => Assert.Null(CommandLine.MistakeIn(typed.Split('|')));
}
