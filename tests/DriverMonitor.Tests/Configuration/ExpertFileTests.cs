using System.Text.Json;
using System.Text.Json.Serialization;
using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Commands;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vision;

namespace DriverMonitor.Tests.Configuration;

/// <summary>
/// Tuning lives in a file of its own; a settings file of an earlier version, which has everything, still starts.
/// </summary>
public sealed class ExpertFileTests : IDisposable
{
    private static readonly JsonSerializerOptions Everything = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly string _folder = Directory.CreateTempSubdirectory("dm-expert").FullName;

    private string Settings => Path.Combine(_folder, "settings.json");

    private string Expert => Path.Combine(_folder, "expert.json");

    [Theory]
    [InlineData(
        """{ "Camera": { "Source": "/dev/video1" }, "Mqtt": { "Tls": { "CaFile": "/etc/ca.pem" } }, "Fleet": { "Folder": "/var/lib/x" } }""",
        null
    )]
    [InlineData(
        """{ "Judgement": { "Profile": "Standard", "Stress": { "Enabled": false } }, "Vision": { "Seat": { "Left": 0.4 } } }""",
        null
    )]
    [InlineData(
        """{ "Judgement": { "Eyes": { "Half": 0.6 } } }""",
        "sets Judgement:Eyes:Half: still read here, but tuning lives in the file that Judgement:ExpertFile names now"
    )]
    [InlineData(
        """{ "Camera": { "UsbFormat": "Mjpeg" }, "judgement": { "alerts": { "hintgap": "30 min" } }, "Gpio": { "PwmChip": 2, "RelayLine": 5 } }""",
        "Camera:UsbFormat, Gpio:PwmChip, Gpio:RelayLine and 1 more: still read here"
    )]
    public void Keys_that_live_elsewhere_now_are_told_of_in_one_line(string section, string? expected)
    {
        Write(Settings, section);
        var notice = MonitorOptions.Read(Settings).Notice;
        if (expected is null)
        {
            Assert.Null(notice);
            return;
        }

        Assert.Contains(expected, notice, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', notice!);
    }

    [Fact]
    public void A_file_that_sets_every_key_at_once_is_still_read()
    {
        Write(Settings, JsonSerializer.Serialize(new MonitorOptions { Camera = new() { FramesPerSecond = 25 } }, Everything));

        var loaded = MonitorOptions.Read(Settings);

        Assert.Equal(25, loaded.Settings.Camera.FramesPerSecond);
        Assert.Contains(" more: still read here", loaded.Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("check")]
    public async Task Each_start_says_where_the_keys_live_now(string verb)
    {
        // One picture, and the drive is over.
        File.Copy(Path.Combine(ModelStore.DefaultFolder(), "portrait", "portrait.jpg"), Path.Combine(_folder, "1.jpg"));
        Write(
            Settings,
            $$"""{ "Camera": { "Kind": "Folder", "Source": "{{_folder}}" }, "Judgement": { "Eyes": { "Half": 0.6 } }, "Web": { "Enabled": false } }"""
        );

        var (code, _, errors) = await TheProgram.RunAsync(verb, "--config", Settings);

        Assert.NotEqual(ExitCode.BadConfiguration, code);
        Assert.Single(errors.Split('\n'), line => line.Contains("Judgement:ExpertFile names now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_that_is_refused_says_why_and_nothing_else()
    {
        Write(
            Settings, """{ "Camera": { "Kind": "File", "Source": "/nonexistent" }, "Judgement": { "Eyes": { "Half": 0.6 } } }""");

        var (code, _, errors) = await TheProgram.RunAsync("run", "--config", Settings);

        Assert.Equal(ExitCode.InputUnreadable, code);
        Assert.Contains("/nonexistent", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void The_expert_file_is_read_and_outweighs_the_settings_file()
    {
        Write(
            Expert,
            """{ "Judgement": { "Eyes": { "Half": 0.6 }, "Alerts": { "HintSnooze": "2 h" } }, "Camera": { "UsbFormat": "Mjpeg" } }"""
        );
        Write(
            Settings,
            $$"""{ "Judgement": { "ExpertFile": "{{Expert}}", "Eyes": { "Half": 0.4, "Microsleep": "00:00:01.5" } } }""");

        var settings = MonitorOptions.Load(Settings);

        Assert.Equal(0.6, settings.Judgement.Eyes.Half);
        Assert.Equal(TimeSpan.FromSeconds(1.5), settings.Judgement.Eyes.Microsleep);
        Assert.Equal(TimeSpan.FromHours(2), settings.Judgement.Alerts.HintSnooze);
        Assert.Equal("Mjpeg", settings.Camera.UsbFormat.ToString());
    }

    [Fact]
    public void The_judgement_has_one_hash_whichever_file_sets_a_key()
    {
        var shipped = new MonitorOptions().JudgementHash();
        Write(Settings, """{ "Judgement": { "Eyes": { "Half": 0.6 } } }""");
        var inOne = MonitorOptions.Load(Settings).JudgementHash();
        Write(Expert, """{ "Judgement": { "Eyes": { "Half": 0.6 } } }""");
        Write(Settings, $$"""{ "Judgement": { "ExpertFile": "{{Expert}}" } }""");

        Assert.Equal(inOne, MonitorOptions.Load(Settings).JudgementHash());
        Assert.NotEqual(shipped, inOne);
        Write(Expert, "{ }");
        Assert.Equal(shipped, MonitorOptions.Load(Settings).JudgementHash());
    }

    /// <summary>Vehicles in the field name their settings by it: how it is written must not change it.</summary>
    [Fact]
    public void The_hash_is_of_what_the_serializer_writes_by_itself()
    {
        Write(Settings, """{ "Judgement": { "Eyes": { "Half": 0.6 } } }""");
        foreach (var settings in new[] { new MonitorSettings(), MonitorOptions.Load(Settings).Judgement })
            Assert.Equal(
                JsonSerializer.Serialize(settings), JsonSerializer.Serialize(settings, JudgementJson.Default.MonitorSettings));
    }

    [Fact]
    public void The_file_that_comes_with_the_program_changes_nothing()
    {
        Write(Settings, $$"""{ "Judgement": { "ExpertFile": "{{Path.Combine(AppContext.BaseDirectory, "expert.json")}}" } }""");

        var loaded = MonitorOptions.Read(Settings);

        Assert.Equal(new MonitorOptions().JudgementHash(), loaded.Settings.JudgementHash());
        Assert.Null(loaded.Notice);
    }

    [Fact]
    public void The_fleet_outweighs_the_expert_file()
    {
        Write(Expert, """{ "Judgement": { "Alerts": { "HintsPerShift": 2 } } }""");
        Write(
            Settings,
            $$"""{ "Judgement": { "ExpertFile": "{{Expert}}" }, "Fleet": { "Folder": "{{_folder}}", "Keys": { "one": "{{Path.Combine(_folder, "key")}}" } } }"""
        );
        new FleetOverlay(_folder).Change([new ConfigChange("Judgement:Alerts:HintsPerShift", "1")], _ => null);

        Assert.Equal(1, ServiceSettings.Load(Settings).Settings.Judgement.Alerts.HintsPerShift);
    }

    [Theory]
    [InlineData("""{ "Judgement": { "Eyes": { "Halve": 0.5 } } }""", "Expert file EXPERT: there is no key Judgement:Eyes:Halve; Judgement:Eyes:Half is meant, perhaps.")]
    [InlineData("""{ "Judgment": { } }""", "Expert file EXPERT: there is no key Judgment; Judgement is meant, perhaps.")]
    [InlineData("""{ "Judgement": { "Eyes": { "Half": "wide" } } }""", "Expert file EXPERT: Judgement:Eyes:Half is 'wide'; it must be a number.")]
    [InlineData("""{ "Judgement": { "Eyes": { "Half": 7 } } }""", "Settings in SETTINGS and EXPERT: Judgement:Eyes: ")]
    [InlineData("""{ "Judgement": { "Eyes": { "Half": null } } }""", "Judgement:Eyes:Half is null. Give a value, or leave the key out.")]
    [InlineData("""{ "camera": { "width": 320 } }""", "Expert file EXPERT: camera:width is no tuning key. Set it in the settings file SETTINGS.")]
    [InlineData("""{ "Judgement": { "ExpertFile": "/etc/more.json" } }""", "Expert file EXPERT: Judgement:ExpertFile is no tuning key.")]
    [InlineData("""{ "Mqtt": { "Privacy": "P3" } }""", "Mqtt:Privacy is no tuning key.")]
    [InlineData("""{ "Judgement": { } """ + "\n,,", "Expert file EXPERT is not valid JSON: line 2: ")]
    public void A_slip_in_the_expert_file_is_answered_with_its_place(string section, string expected)
    {
        Write(Expert, section);
        Write(Settings, $$"""{ "Judgement": { "ExpertFile": "{{Expert}}" } }""");
        AssertRefused(expected);
    }

    [Theory]
    [InlineData("FOLDER/missing.json", "Judgement:ExpertFile is FOLDER/missing.json, which does not exist")]
    [InlineData("FOLDER", "Judgement:ExpertFile is FOLDER, which is a folder. Name another one.")]
    [InlineData("FOLDER/pipe", "which is a pipe")]
    [InlineData("/dev/zero", "which is a device, not a file")]
    [InlineData("FOLDER/settings.json", "Judgement:ExpertFile is this settings file itself.")]
    [InlineData("FOLDER/../FOLDERNAME/settings.json", "Judgement:ExpertFile is this settings file itself.")]
    [InlineData("FOLDER/empty.json", "Expert file FOLDER/empty.json is not valid JSON")]
    [InlineData("FOLDER/other.json", "Expert file FOLDER/other.json has no section DriverMonitor. Start from the expert.json that came with the program.")]
    [InlineData("", "Judgement:ExpertFile is empty.")]
    [InlineData("FOLDER/a\\u0000b", "Judgement:ExpertFile")]
    public async Task An_expert_file_that_is_none_stops_the_start_with_one_line(string path, string expected)
    {
        path = path.Replace("FOLDERNAME", Path.GetFileName(_folder), StringComparison.Ordinal)
            .Replace("FOLDER", _folder, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "empty.json"), "");
        File.WriteAllText(Path.Combine(_folder, "other.json"), """{ "Judgement": { "Eyes": { "Half": 0.6 } } }""");
        await Tool.RunAsync("mkfifo", Path.Combine(_folder, "pipe"));
        Write(Settings, $$"""{ "Judgement": { "ExpertFile": "{{path}}" } }""");
        AssertRefused(expected);
    }

    [Fact]
    public async Task A_start_that_is_refused_for_it_ends_with_the_documented_code()
    {
        Write(Settings, $$"""{ "Judgement": { "ExpertFile": "{{Expert}}" } }""");

        var (code, _, errors) = await TheProgram.RunAsync("run", "--config", Settings);

        Assert.Equal(ExitCode.BadConfiguration, code);
        Assert.Single(errors.Trim().Split('\n'));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AssertRefused(string expected)
    {
        var message = Assert.Throws<ConfigurationException>(() => MonitorOptions.Load(Settings)).Message;
        Assert.Contains(
            expected,
            message
                .Replace(Settings, "SETTINGS", StringComparison.Ordinal)
                .Replace(Expert, "EXPERT", StringComparison.Ordinal)
                .Replace(_folder, "FOLDER", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static void Write(string file, string section) => File.WriteAllText(file, $$"""{ "DriverMonitor": {{section}} }""");
}
