using System.Text.RegularExpressions;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;
using DriverMonitor.Web;
using DriverMonitor.Web.Aim;

namespace DriverMonitor.Tests.Web;

/// <summary>Whatever the device can say, the page has words for, in both languages.</summary>
public sealed partial class WordsTests
{
    private static readonly string Folder = SourceTree.Path("src", "DriverMonitor", "Web", "Page");

    private static readonly Dictionary<string, (string English, string German)> Words = Row()
        .Matches(File.ReadAllText(Path.Combine(Folder, "words.js")))
        .ToDictionary(row => row.Groups[1].Value, row => (row.Groups[2].Value, row.Groups[3].Value));

    private static readonly string[] PatternKinds =
    [
        .. Pattern().Matches(File.ReadAllText(SourceTree.Path("src", "DriverMonitor", "Drivers", "TripPatterns.cs")))
            .Select(match => match.Groups[1].Value),
        "alerts_up", "alerts_down", "eyes_up", "eyes_down", "pulse_up", "pulse_down",
    ];

    private static readonly string[] States = ["fatigue", "distraction", "stress", "anger"];

    public static TheoryData<string> Keys =>
        [
            .. AlertTable.Rows.Select(row => $"say.{AlertTable.NameOf(row.Rule)}.{(int)row.Level}"),
            .. AlertTable.Rows.Select(row => $"level.{(int)row.Level}").Distinct(),
            .. Enum.GetValues<AlertRule>().Select(rule => $"rule.{AlertTable.NameOf(rule)}"),
            .. Enum.GetValues<MissingReason>()
                .Select(EventNames.Of)
                .Concat(Enum.GetValues<StatusKind>().Select(EventNames.Of))
                .Distinct(),
            .. Enum.GetValues<ConsentState>().Select(state => $"consent_state.{state.ToString().ToLowerInvariant()}"),
            .. Enum.GetValues<StrapState>().Select(state => $"strap.{state.ToString().ToLowerInvariant()}"),
            .. Hint()
                .Matches(File.ReadAllText(SourceTree.Path("src", "DriverMonitor", "Web", "Aim", "AimHints.cs")))
                .SelectMany(hint => new[] { $"aim.{hint.Groups[1].Value}", $"aim.word.{hint.Groups[1].Value}" })
                .Distinct(),
            .. Enum.GetValues<AimState>().Select(state => PageParts.OfAim(state).State),
            .. PatternKinds.Select(kind => $"pattern.{kind}"),
            .. Enum.GetValues<GlanceState>().Select(state => $"glance.{PageGlance.NameOf(state)}"),
            .. Enum.GetValues<GlanceState>()
                .Where(state => state is not (GlanceState.AllWell or GlanceState.Hint))
                .Select(state => $"glance.{PageGlance.NameOf(state)}.do"),
            .. States.SelectMany(state => Enumerable.Range(0, 4).Select(level => $"{state}.{level}")),
        ];

    [Theory]
    [MemberData(nameof(Keys))]
    public void There_are_words_for(string key) => Assert.True(Words.ContainsKey(key), $"words.js has nothing for {key}.");

    [Fact]
    public void No_word_is_left_untranslated() =>
        Assert.All(Words, word => Assert.True(word.Value is { English.Length: > 0, German.Length: > 0 }, word.Key));

    /// <summary>Words that are the same in both languages, and rows that hold nothing but a value and its unit.</summary>
    private static readonly string[] Same = ["Stress", "Version", "{0}", "{0} h", "{0} km/h", "{0} °C", "{0}, {1} MB"];

    [Fact]
    public void German_is_not_English_and_has_the_same_places_for_values() => Assert.All(
        Words, word =>
        {
            Assert.True(
                Same.Contains(word.Value.German) || word.Value.German != word.Value.English, $"{word.Key} is not translated.");
            Assert.DoesNotMatch(OnlyEnglish(), word.Value.German);
            Assert.DoesNotMatch(OnlyGerman(), word.Value.English);
            Assert.Equal(
                Place().Matches(word.Value.English).Select(place => place.Value).Order(),
                Place().Matches(word.Value.German).Select(place => place.Value).Order());
        });

    [Fact]
    public void Every_key_that_the_page_asks_for_is_there()
    {
        var asked = Directory
            .GetFiles(Folder, "*.js")
            .SelectMany(file => Asked().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value);
        Assert.Empty(asked.Except(Words.Keys));
    }

    [GeneratedRegex("""^  '([^']+)': \['((?:[^'\\]|\\.)*)', '((?:[^'\\]|\\.)*)'\],$""", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(the|and|you|your|eyes|with|not|driver)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OnlyEnglish();

    [GeneratedRegex(@"\b(der|und|ist|nicht|Augen|mit|Fahrer)\b")]
    private static partial Regex OnlyGerman();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex("""hints\.Add\("(\w+)"\)""")]
    private static partial Regex Hint();

    [GeneratedRegex("""new\("(\w+)", \[""")]
    private static partial Regex Pattern();

    [GeneratedRegex("""\bword\('([^']+)'""")]
    private static partial Regex Asked();
}
