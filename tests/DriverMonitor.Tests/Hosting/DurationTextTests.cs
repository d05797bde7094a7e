using System.Globalization;
using System.Text.RegularExpressions;
using DriverMonitor.Configuration;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Configuration;

namespace DriverMonitor.Tests.Hosting;

/// <summary>Times in settings mean what they look like; what can be read in two ways is refused.</summary>
public sealed partial class DurationTextTests
{
    [Theory]
    [InlineData("00:00:05", "00:00:05")]
    [InlineData("24:00:00", "1.00:00:00")]
    [InlineData("48:00:00", "2.00:00:00")]
    [InlineData("168:00:00", "7.00:00:00")]
    [InlineData("7.00:00:00", "7.00:00:00")]
    [InlineData("7.00:00:", "7.00:00:00")] // as an earlier page printed it
    [InlineData("365.00:00:00", "365.00:00:00")]
    [InlineData("1.02:03:04.5", "1.02:03:04.5000000")]
    [InlineData("-00:00:10", "-00:00:10")]
    [InlineData("-00:00:00.500", "-00:00:00.5000000")]
    [InlineData("0:00:05", "00:00:05")]
    [InlineData("7 days", "7.00:00:00")]
    [InlineData("1 day", "1.00:00:00")]
    [InlineData("36 h", "1.12:00:00")]
    [InlineData("1.5 hours", "01:30:00")]
    [InlineData("15 min", "00:15:00")]
    [InlineData("90 s", "00:01:30")]
    [InlineData("90s", "00:01:30")]
    [InlineData("500 ms", "00:00:00.5000000")]
    [InlineData(" 2 weeks ", "14.00:00:00")]
    public void A_duration_is_what_it_looks_like(string text, string expected)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.ParseExact(expected, "c", CultureInfo.InvariantCulture), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")] // seven what?
    [InlineData("00:05")] // minutes or hours first?
    [InlineData("1:02:03:04")]
    [InlineData("00:00:60")]
    [InlineData("00:60:00")]
    [InlineData("7.24:00:00")]
    [InlineData("7.5")]
    [InlineData("7,5 h")]
    [InlineData("5 m")] // minutes or months?
    [InlineData("24h00")]
    [InlineData("24:00:")]
    [InlineData("7 Tage")]
    [InlineData("99999999.00:00:00")]
    [InlineData("1e3 s")]
    [InlineData("NaN h")]
    [InlineData("--1 s")]
    [InlineData("٢٤:00:00")] // digits, but not those that a number is read from
    public void What_can_be_read_in_two_ways_or_not_at_all_is_refused(string text) =>
        Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void Every_default_that_the_pages_print_can_be_pasted_back()
    {
        var settings = new MonitorOptions();
        var page =
            File.ReadAllText(ConfigurationPage.Path(isExpert: false)) + File.ReadAllText(ConfigurationPage.Path(isExpert: true));
        var tried = 0;
        foreach (var section in SettingsTree.Sections(settings).Where(section => section.Path.Length > 0 && !section.IsAbsent))
        {
            foreach (var key in SettingsTree.Keys(section))
            {
                // A key that is left out by default prints null.
                if (key.Default == "null" || !page.Contains($"| `{key.Property.Name}` | `{key.Default}` |", StringComparison.Ordinal)) continue;
                Paste(section.Path, key);
                tried++;
            }
        }

        Assert.InRange(tried, 200, int.MaxValue);
    }

    [Theory]
    [InlineData("Recording", "MaxAge", "\"24:00:00\"", 24)]
    [InlineData("Recording", "MaxAge", "\"48:00:00\"", 48)]
    [InlineData("Recording", "MaxAge", "\"7.00:00:00\"", 168)]
    [InlineData("Recording", "MaxAge", "\"36 h\"", 36)]
    public void Recordings_are_kept_as_long_as_the_settings_say(string section, string key, string value, int hours) => With(
        $$"""{ "DriverMonitor": { "{{section}}": { "{{key}}": {{value}} } } }""",
        file => Assert.Equal(TimeSpan.FromHours(hours), MonitorOptions.Load(file).Recording.MaxAge));

    [Theory]
    [InlineData("""{ "DriverMonitor": {} }""")]
    [InlineData("﻿{ \"DriverMonitor\": {  } }")]
    [InlineData("""{ "drivermonitor": {}, /* nothing else */ }""")]
    public void A_section_without_a_key_is_a_section(string json) =>
        With(json, file => Assert.Equal(new MonitorOptions().Recording, MonitorOptions.Load(file).Recording));

    [Theory]
    [InlineData("""{ "Vehicle": { "Gpsd": { "Host": "" } } }""", "Vehicle:Gpsd:Host is empty")]
    [InlineData("""{ "Vehicle": { "Gpsd": { "Host": "  " } } }""", "Vehicle:Gpsd:Host is empty")]
    [InlineData("""{ "Recording": { "Folder": "" } }""", "Recording:Folder is empty")]
    [InlineData("""{ "Recording": { "MaxAge": "" } }""", "Recording:MaxAge is empty")]
    [InlineData("""{ "Recording": { "MaxAge": "7" } }""", "Recording:MaxAge is '7'; it must be a time such as")]
    [InlineData("""{ "Recording": { "MaxAge": 7 } }""", "Recording:MaxAge is '7'; it must be a time such as")]
    [InlineData("""{ "Camera": { "Width": "" } }""", "Camera:Width is empty")]
    [InlineData("""{ "Camera": { "Width": null } }""", "Camera:Width is null")]
    [InlineData("""{ "Mqtt": { "Tenant": null } }""", "Mqtt:Tenant is null")]
    [InlineData("""{ "HeartRate": { "Bluetooth": { "Addresses": [""] } } }""", "Addresses:0 is empty")]
    public void Nothing_is_not_a_value(string json, string says) => With($$"""{ "DriverMonitor": {{json}} }""", file =>
    {
        var refused = Assert.Throws<ConfigurationException>(() => MonitorOptions.Load(file));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    });

    private static void Paste(string section, Key key)
    {
        var names = section.Split(':');
        var json = $$"""{{string.Concat(names.Select(name => $"{{ \"{name}\": "))}}{ "{{key.Property.Name}}": {{key.Default}} }{{new string('}', names.Length)}}""";
        With($$"""{ "DriverMonitor": {{json}} }""", file =>
        {
            // Rules that bind keys together may refuse one alone; its own form must be understood.
            var failure = Record.Exception(() => MonitorOptions.Load(file));
            Assert.True(failure is null || !FormFault().IsMatch(failure.Message), $"{section}:{key.Property.Name}: {failure?.Message}");
        });
    }

    [GeneratedRegex("it must be|is empty|there is no key|not valid JSON|must be between|Cannot")]
    private static partial Regex FormFault();

    private static void With(string json, Action<string> work)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json);
            work(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
