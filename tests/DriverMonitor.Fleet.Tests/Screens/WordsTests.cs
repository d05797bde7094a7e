using System.Text.RegularExpressions;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Fleet.Tests.Screens;

/// <summary>Whatever the console asks for it has words for, in both languages.</summary>
public sealed partial class WordsTests
{
    private static readonly string Own = SourceTree.Path("src", "DriverMonitor.Fleet", "Web", "Page");

    private static readonly Dictionary<string, (string English, string German)> Words =
        new[] { Path.Combine(Own, "fleet-words.js"), SourceTree.Path("src", "DriverMonitor", "Web", "Page", "words.js") }
            .SelectMany(file => Row().Matches(File.ReadAllText(file)))
            .GroupBy(row => row.Groups[1].Value)
            .ToDictionary(row => row.Key, row => (row.First().Groups[2].Value, row.First().Groups[3].Value));

    [Fact]
    public void No_word_is_left_untranslated() =>
        Assert.All(Words, word => Assert.True(word.Value is { English.Length: > 0, German.Length: > 0 }, word.Key));

    [Fact]
    public void Every_key_that_a_screen_asks_for_is_there() => Assert.Empty(
        Directory.GetFiles(Own, "*.js").Where(file => !file.EndsWith("uplot.js", StringComparison.Ordinal))
            .SelectMany(file => Asked().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Except(Words.Keys));

    [Fact]
    public void Nothing_is_fetched_from_anywhere_and_no_text_is_read_as_html() => Assert.All(
        Directory.GetFiles(Own).Where(file => !Path.GetFileName(file).StartsWith("uplot", StringComparison.Ordinal)), file =>
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotMatch(@"innerHTML|insertAdjacentHTML|document\.write|\beval\(", text);
            Assert.DoesNotMatch(@"(src|href|url)\s*[=(:]\s*['""]?(https?:)?//", text);
            Assert.DoesNotMatch(@"\sstyle=""", text);
        });

    [GeneratedRegex("""^  '([^']+)': \['((?:[^'\\]|\\.)*)', '((?:[^'\\]|\\.)*)'\],$""", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""\bword\('([^']+)'""")]
    private static partial Regex Asked();
}
