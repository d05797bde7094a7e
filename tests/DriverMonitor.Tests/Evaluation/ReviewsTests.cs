using System.Text;
using DriverMonitor.Evaluation;
using DriverMonitor.Files;

namespace DriverMonitor.Tests.Evaluation;

/// <summary>Verdicts of operators, in every form that docs/evaluation.md names, and those that nobody can understand.</summary>
public sealed class ReviewsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    //  what it is, its text, rule and verdict of each, how many were reviewed again, how many are still open
    public static TheoryData<string, string, string, int, int> Forms => new()
    {
        { "a table", "verdict,rule\ntrue,fatigue\nunclear,phone", "fatigue True, phone -", 0, 0 },
        { "a table with semicolons and a blank line", "rule;verdict\r\n\r\nfatigue;false\r\n", "fatigue False", 0, 0 },
        { "quotes around a comma", "note,verdict,rule\n\"tired, \"\"he\"\" said\",true,fatigue", "fatigue True", 0, 0 },
        { "lines of JSON", "{\"verdict\":true,\"rule\":\"phone\"}\n\n{\"verdict\":\"false\"}", "phone True, any False", 0, 0 },
        { "one object", "{\"verdict\":\"true\"}", "any True", 0, 0 },
        { "one object over lines", "{\n \"verdict\": \"unclear\"\n}", "any -", 0, 0 },
        { "a list", "[{\"review\":\"true\"},\n{\"review\":\"false\"}]", "any True, any False", 0, 0 },
        {
            "the fleet's alerts",
            """
            {"items":[{"vehicle":"v1","id":"7/a","rule":"eyes_closed","review":"false","disputedAt":"2026-11-30T20:00:00Z","note":null},
             {"vehicle":"v1","id":"7/b","rule":"eyes_closed","review":null},{"vehicle":"v2","id":"7/a","rule":"phone","review":"seen"}],"next":null}
            """,
            "eyes_closed False disputed", 0, 2
        },
        { "a second look", "id,verdict\n1,true\n2,true\n1,false", "any False, any True", 1, 0 },
        { "the same number in another vehicle", "vehicle,id,verdict\na,1,true\nb,1,false", "any True, any False", 0, 0 },
        { "reviewed again, disputed before", "id,verdict,disputed\n1,false,true\n1,true,", "any True disputed", 1, 0 },
        { "a verdict taken back", "id,verdict\n1,true\n2,false\n1,seen", "any False", 1, 1 },
        { "verdicts without an id", "verdict\ntrue\ntrue", "any True, any True", 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_form_is_read(string form, string text, string expected, int again, int open)
    {
        Assert.NotEmpty(form);
        File.WriteAllText(_file, text, new UTF8Encoding(true));

        var read = Reviews.Read(_file);

        Assert.Equal(
            expected,
            string.Join(", ", read.Given.Select(one => $"{one.Rule} {one.IsRight?.ToString() ?? "-"}{(one.IsDisputed ? " disputed" : "")}")));
        Assert.Equal((again, open), (read.Again, read.Open));
    }

    [Theory]
    [InlineData("verdict,rule\nperhaps,fatigue", "line 2: 'perhaps' is no verdict")]
    [InlineData("verdict,rule\n\ntrue", "line 3 has 1 columns where the first has 2")]
    [InlineData("rule\nfatigue", "line 2: there is no 'verdict'")]
    [InlineData("verdict,rule\nseen,fatigue", "hold no verdict")]
    [InlineData("{\"verdict\":true}\n[]", "a review is no JSON object")]
    [InlineData("[1]", "a review is no JSON object")]
    [InlineData("{\"items\":1}", "a review is no JSON object")]
    [InlineData("[{\"verdict\":true", "See docs/evaluation.md")]
    [InlineData("", "hold no verdict")]
    public void What_is_no_review_is_refused_in_one_line(string text, string why)
    {
        File.WriteAllText(_file, text);
        var fault = Assert.Throws<InputException>(() => Reviews.Read(_file));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }
}
