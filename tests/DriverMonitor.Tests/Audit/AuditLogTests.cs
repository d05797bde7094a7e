using DriverMonitor.Audit;

namespace DriverMonitor.Tests.Audit;

/// <summary>A log that nobody can change afterwards without being found out.</summary>
public sealed class AuditLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drivermonitor-audit-").FullName;
    private readonly AuditLog _audit;

    public AuditLogTests()
    {
        _audit = new(_folder, TimeProvider.System);
        for (var i = 1; i <= 5; i++) _audit.Append("order", json => json.WriteString("id", $"x{i}"));
    }

    private string Log => Path.Combine(_folder, "audit.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_holds()
    {
        Assert.Equal(new AuditVerdict(_audit.Head(), null, null), _audit.Verify());
        Assert.Equal(5, _audit.Head().Entries);
    }

    [Fact]
    public void Anybody_can_check_it_with_other_tools()
    {
        // What the description says, done by hand for the second line.
        var lines = File.ReadAllLines(Log);
        var first = lines[0][^66..^2];
        var entry = lines[1][..^72] + "}";
        var hash = System.Security.Cryptography.SHA256.HashData([
            .. Convert.FromHexString(first),
            .. System.Text.Encoding.UTF8.GetBytes(entry),
        ]);
        Assert.EndsWith($",\"h\":\"{Convert.ToHexStringLower(hash)}\"}}", lines[1], StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<List<string>, IEnumerable<string>>, long> Tampering =>
        new()
        {
            { "a word changed", lines => lines.Select(line => line.Replace("x3", "y3", StringComparison.Ordinal)), 3 },
            {
                "a space added",
                lines => lines.Select((line, i) => i == 1 ? line.Replace(",", ", ", StringComparison.Ordinal) : line),
                2
            },
            { "a line taken out", lines => lines.Where((_, i) => i != 2), 3 },
            { "the first line taken out", lines => lines.Skip(1), 1 },
            { "two lines changed over", lines => [lines[0], lines[2], lines[1], lines[3], lines[4]], 2 },
            { "a line written twice", lines => [.. lines.Take(3), lines[2], .. lines.Skip(3)], 4 },
            { "the last line cut off", lines => lines.Take(4), 5 },
            { "everything cut off", lines => [], 1 },
            { "a hash taken out", lines => lines.Select((line, i) => i == 3 ? line[..^72] + "}" : line), 4 },
        };

    [Theory]
    [MemberData(nameof(Tampering))]
    public void Tampering_is_found_at_the_first_line_that_does_not_hold(
        string story, Func<List<string>, IEnumerable<string>> tamper, long line)
    {
        File.WriteAllLines(Log, tamper([.. File.ReadAllLines(Log)]));
        Assert.Equal((story, line), (story, _audit.Verify().FirstBadLine!.Value));
    }

    [Fact]
    public void A_log_written_anew_with_its_head_is_found_out_by_the_fleets_copy_of_the_head()
    {
        var head = _audit.Head();
        foreach (var file in Directory.GetFiles(_folder)) File.Delete(file);
        for (var i = 1; i <= 6; i++) _audit.Append("order", json => json.WriteString("id", $"b{i}"));

        Assert.Null(_audit.Verify().FirstBadLine);
        Assert.Equal(5, _audit.Verify(head).FirstBadLine);
    }

    [Fact]
    public void A_line_that_power_cut_short_is_written_over()
    {
        File.AppendAllText(Log, "{\"n\":6,\"at\":\"2026-");
        Assert.Null(_audit.Verify().FirstBadLine);

        Assert.Equal(6, _audit.Append("order", json => json.WriteString("id", "x6")).Entries);
        Assert.Null(_audit.Verify().FirstBadLine);
        Assert.Equal(6, File.ReadAllLines(Log).Length);
    }

    [Fact]
    public async Task Several_writers_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            var own = new AuditLog(_folder, TimeProvider.System);
            for (var i = 0; i < 10; i++) own.Append("order", json => json.WriteString("id", $"{writer}-{i}"));
        })));
        Assert.Equal(new AuditVerdict(_audit.Head(), null, null), _audit.Verify());
        Assert.Equal(45, _audit.Head().Entries);
    }
}
