using System.Runtime.Versioning;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Configuration;

/// <summary>A disk that lost the settings does not end the watch; a person's mistake does, as before.</summary>
[SupportedOSPlatform("linux")]
public sealed class LastGoodSettingsTests : IDisposable
{
    private const string Good = """
        { "DriverMonitor": { "Camera": { "Source": "/dev/video7" }, "Mqtt": { "Privacy": "P3" }, "Web": { "Names": ["cab-7.local", "cab-7"] } } }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("settings").FullName;
    private readonly LastGoodSettings _last;

    public LastGoodSettingsTests() => _last = new(Path.Combine(_folder, "state"));

    private string Settings => Path.Combine(_folder, "settings.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("empty", "")]
    [InlineData("cut off", """{ "DriverMonitor": { "Camera": { "Sour""")]
    [InlineData("zeroes, as after a power cut", "\0\0\0\0\0\0\0\0")]
    [InlineData("another file's text", "hello")]
    [InlineData("an object without settings", "{}")]
    [InlineData("half of it written", """{ "DriverMonitor": { "Camera": { "Source": "/dev/video9" }, "Mqtt": { "Pri""")]
    [InlineData("a mark without a text", "\ufeff")]
    [InlineData("a list", "[]")]
    [InlineData("settings as a text", """{ "DriverMonitor": "x" }""")]
    public void What_the_disk_lost_is_what_it_was_before(string what, string text)
    {
        Start(Good);

        var loaded = Start(text);

        Assert.Equal((what, "/dev/video7"), (what, loaded.Settings.Camera.Source));
        Assert.Equal(["cab-7.local", "cab-7"], loaded.Settings.Web.Names);
        Assert.Equal(WireLevel.P1, loaded.Settings.Mqtt.Privacy);
        Assert.Contains("last settings that were good", loaded.Notice, StringComparison.Ordinal);
        // Nor does the copy forget what was asked for, or take the damage for settings.
        Assert.Equal(WireLevel.P3, Start(Good).Settings.Mqtt.Privacy);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("a folder")]
    [InlineData("a pipe")]
    [InlineData("a link to nothing")]
    [InlineData("a link to itself")]
    [InlineData("a device")]
    public async Task A_file_that_is_gone_or_is_none_is_what_it_was_before(string what)
    {
        Start(Good);
        File.Delete(Settings);
        if (what == "a folder") Directory.CreateDirectory(Settings);
        if (what == "a pipe") Assert.Equal(0, (await Tool.RunAsync("mkfifo", Settings)).ExitCode);
        if (what == "a link to nothing") File.CreateSymbolicLink(Settings, "/nowhere/settings.json");
        if (what == "a link to itself") File.CreateSymbolicLink(Settings, Settings);
        if (what == "a device") File.CreateSymbolicLink(Settings, "/dev/zero");

        var loaded = ServiceSettings.Load(Settings, _last);

        Assert.Equal("/dev/video7", loaded.Settings.Camera.Source);
        Assert.Contains("last settings that were good", loaded.Notice, StringComparison.Ordinal);
    }

    /// <summary>Without its own file the service reads the one beside the program, which knows no camera and no buzzer.</summary>
    [Fact]
    public void The_defaults_take_the_place_of_nothing_that_was_set()
    {
        Assert.Null(ServiceSettings.Load(MonitorOptions.ShippedFile, _last).Notice);
        Start(Good);

        for (var start = 0; start < 2; start++)
        {
            var loaded = ServiceSettings.Load(MonitorOptions.ShippedFile, _last);
            Assert.Equal("/dev/video7", loaded.Settings.Camera.Source);
            Assert.Contains("is gone", loaded.Notice, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{ "DriverMonitor": { "Camera": { "Kidn": "Usb" } } }""")]
    [InlineData("""{ "DriverMonitor": { "Camera": { "Width": 1 } } }""")]
    public void What_a_person_wrote_is_not_replaced(string text)
    {
        Start(Good);

        Assert.Throws<ConfigurationException>(() => Start(text));
    }

    [Fact]
    public void With_nothing_good_before_the_damage_is_told()
    {
        Assert.True(Assert.Throws<ConfigurationException>(() => Start("")).IsDamage);
        Start(Good);
        File.WriteAllText(Path.Combine(_folder, "state", "settings.last.json"), "");
        Assert.Contains("settings.json", Assert.Throws<ConfigurationException>(() => Start("")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tuning_in_a_file_of_its_own_is_kept_too_and_its_owner_alone_reads_the_copy()
    {
        var expert = Path.Combine(_folder, "expert.json");
        File.WriteAllText(expert, """{ "DriverMonitor": { "Judgement": { "Alerts": { "HintsPerShift": 1 } } } }""");
        var text = $$"""{ "DriverMonitor": { "Judgement": { "ExpertFile": "{{expert}}" } } }""";
        var hash = Start(text).Settings.JudgementHash();
        File.WriteAllText(expert, "{");

        var loaded = Start(text);

        Assert.Equal(1, loaded.Settings.Judgement.Alerts.HintsPerShift);
        Assert.Equal(hash, loaded.Settings.JudgementHash());
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "state", "settings.last.json")));
    }

    private LoadedSettings<MonitorOptions> Start(string text)
    {
        File.WriteAllText(Settings, text);
        return ServiceSettings.Load(Settings, _last);
    }
}
