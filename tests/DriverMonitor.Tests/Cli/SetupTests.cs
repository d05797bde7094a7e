using System.Diagnostics;
using System.Runtime.Versioning;
using DriverMonitor.Camera;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;
using DriverMonitor.Web;

namespace DriverMonitor.Tests.Cli;

/// <summary>An installer answers the questions of <c>setup</c>, on the real program.</summary>
[SupportedOSPlatform("linux")]
public sealed class SetupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("setup").FullName;

    private string Settings => Path.Combine(_folder, "drivermonitor.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_usb_camera_and_a_broker_with_a_password()
    {
        File.Copy(SourceTree.Path("deploy", "drivermonitor.json"), Settings);

        var (code, output) = await Answer(
            "1",
            "/dev/video2",
            Number(BoardKind.Virtual),
            "y",
            "broker.example.com:8883",
            "acme",
            "truck-7",
            "truck-7",
            "s3cret word",
            "y",
            "none");

        Assert.True(code == 0, output);
        var settings = MonitorOptions.Load(Settings);
        Assert.Equal((CameraPreset.Usb, "/dev/video2"), (settings.Camera.Preset, settings.Camera.Source));
        Assert.Equal(["broker.example.com:8883"], settings.Mqtt.Brokers);
        Assert.Equal(("acme", "truck-7", "truck-7"), (settings.Mqtt.Tenant, settings.Mqtt.Vehicle, settings.Mqtt.User));
        Assert.NotNull(settings.Mqtt.Tls);
        Assert.DoesNotContain("s3cret", File.ReadAllText(Settings), StringComparison.Ordinal);
        Assert.Equal("s3cret word\n", File.ReadAllText(settings.Mqtt.PasswordFile!));
        Assert.Equal("600\n", (await Tool.RunAsync("stat", "-c", "%a", settings.Mqtt.PasswordFile!)).Output);
    }

    [Fact]
    public async Task Only_empty_answers_keep_everything_also_what_is_not_asked()
    {
        File.WriteAllText(Settings, """
            { // by hand
              "DriverMonitor": { "Camera": { "Kind": "Url", "Source": "rtsp://cam/1", "Mirror": true }, "Judgement": { "Strict": true },
                                 "Gpio": { "Board": "Chip" },
                                 "Mqtt": { "Brokers": ["b:1883"], "Vehicle": "bus-1" } } }
            """);
        var before = MonitorOptions.Load(Settings);

        var (code, output) = await Answer();

        Assert.True(code == 0, output);
        var after = MonitorOptions.Load(Settings);
        Assert.Equal(before.Camera.Source, after.Camera.Source);
        Assert.True(after.Camera.Mirror && after.Judgement.Strict);
        Assert.Equal(["b:1883"], after.Mqtt.Brokers);
        Assert.Equal("bus-1", after.Mqtt.Vehicle);
    }

    [Theory]
    [InlineData("1", 0.0, 0.6)]
    [InlineData("2", 0.4, 1.0)]
    [InlineData("3", 0.0, 1.0)]
    [InlineData("", 0.1, 0.7)]
    public async Task The_side_on_which_the_driver_sits(string answer, double left, double right)
    {
        File.WriteAllText(Settings, """
            { "DriverMonitor": { "Gpio": { "Board": "Virtual" }, "Vision": { "Seat": { "Left": 0.1, "Right": 0.7 } } } }
            """);

        var (code, output) = await Answer("", Number(BoardKind.Virtual), "y", "none", "n", answer);

        Assert.True(code == 0, output);
        var seat = MonitorOptions.Load(Settings).Vision.Seat;
        Assert.Equal((left, right), (seat.Left, seat.Right));
    }

    [Theory]
    [InlineData("no answer at all")]
    [InlineData("empty answers", "", "", "", "")]
    [InlineData("answers that cannot be", "", "0", "99", "none")]
    public async Task Without_a_board_nothing_is_written(string what, params string[] answers)
    {
        File.Copy(SourceTree.Path("deploy", "drivermonitor.json"), Settings);
        var (code, output) = await Answer(answers);

        Assert.Equal((what, ExitCode.BadConfiguration), (what, code));
        Assert.Contains("setup needs to know the board", output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(SourceTree.Path("deploy", "drivermonitor.json")), File.ReadAllText(Settings));
    }

    [Fact]
    public async Task A_camera_of_the_board_begins_a_new_file()
    {
        var (code, output) = await Answer("3", Number(BoardKind.Pi4), "none");

        Assert.True(code == 0, output);
        var settings = MonitorOptions.Load(Settings);
        Assert.Equal(CameraPreset.PiCamera, settings.Camera.Preset);
        Assert.Empty(settings.Mqtt.Brokers);
    }

    [Fact]
    public async Task A_page_for_the_vehicles_network_gets_a_password()
    {
        var (code, output) = await Answer("", Number(BoardKind.Pi5), "none", "y", "short", "four words will do");

        Assert.True(code == 0, output);
        var web = MonitorOptions.Load(Settings).Web;
        Assert.Equal(("0.0.0.0", Path.Combine(_folder, "credentials", "page.password")), (web.Address, web.PasswordFile));
        Assert.True(PagePassword.Load(web)!.Fits("four words will do"));
        Assert.Contains("Too short", output, StringComparison.Ordinal);

        (code, output) = await Answer("", "", "none", "n");

        Assert.True(code == 0, output);
        Assert.Equal("127.0.0.1", MonitorOptions.Load(Settings).Web.Address);
    }

    [Fact]
    public async Task A_page_without_a_password_stays_on_this_device()
    {
        var (code, output) = await Answer("", Number(BoardKind.Pi5), "none", "y", "");

        Assert.True(code == 0, output);
        Assert.True(MonitorOptions.Load(Settings).Web is { IsLoopback: true, PasswordFile: null });
    }

    [Fact]
    public async Task An_answer_that_cannot_be_is_asked_again()
    {
        var (code, output) = await Answer(
            "9", "x", "1", "video0", "/dev/video1", Number(BoardKind.Pi4), "no port:at all", "none");

        Assert.True(code == 0, output);
        Assert.Contains("Give a number from 1 to 6.", output, StringComparison.Ordinal);
        Assert.Contains("A device is called /dev/video0", output, StringComparison.Ordinal);
        Assert.Equal("/dev/video1", MonitorOptions.Load(Settings).Camera.Source);
    }

    [Fact]
    public async Task Answers_with_which_it_would_not_start_change_nothing()
    {
        var (code, output) = await Answer("5", "no address", Number(BoardKind.Pi4), "none");

        Assert.Equal(ExitCode.BadConfiguration, code);
        Assert.Contains("must be an address", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Settings));
    }

    [Fact]
    public async Task No_virtual_buzzer_by_accident()
    {
        var (code, output) = await Answer("", Number(BoardKind.Virtual), "", Number(BoardKind.Pi5), "none");

        Assert.True(code == 0, output);
        Assert.Contains("NO BUZZER", output, StringComparison.Ordinal);
        Assert.Equal(BoardKind.Pi5, MonitorOptions.Load(Settings).Gpio.Board);
    }

    [Fact]
    public async Task Every_question_is_answered_and_wrong_answers_are_asked_again_at_once()
    {
        var (code, output) = await Answer(
            "1", "/dev/video0",
            Number(BoardKind.Chip), "gpio-sim", "many", "5000", "4",
            "broker.example.com:8883", "Acme & Sons", "acme", "truck 7", "truck-7", "none", "", "/no/such/ca.pem", "none", "none",
            "n", "1", "Polar", "a0:9e:1a:00:11:22", "1", "3");

        Assert.True(code == 0, output);
        var settings = MonitorOptions.Load(Settings);
        Assert.Equal((BoardKind.Chip, "gpio-sim", 4), (settings.Gpio.Board, settings.Gpio.Chip, settings.Gpio.BuzzerLine));
        Assert.Equal(("acme", "truck-7"), (settings.Mqtt.Tenant, settings.Mqtt.Vehicle));
        Assert.NotNull(settings.Mqtt.Tls);
        Assert.Equal(["A0:9E:1A:00:11:22"], settings.HeartRate.Bluetooth.Addresses);
        Assert.Equal("localhost", settings.Vehicle.Gpsd.Host);
        Assert.Equal(Core.Privacy.JudgementProfile.EuWork, settings.Judgement.Profile);
        foreach (var complaint in new[] { "0 to 1023", "Mqtt:Tenant", "There is no file", "A0:9E:1A" })
            Assert.Contains(complaint, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "camera": "usb", "device": "/dev/video3", "board": "Pi5", "broker": "none", "law": "consent", "speed": "gps" }""", 0, "Written")]
    [InlineData("""{ "board": "Pi6" }""", 78, "'Pi6' is none of")]
    [InlineData("""{ "board": "Pi5", "colour": "red" }""", 78, "colour: nothing asked for it")]
    [InlineData("""{ "board": "Virtual" }""", 78, "not confirmed")]
    [InlineData("""{ "board": "Virtual", "no_buzzer": true }""", 0, "NO BUZZER")]
    [InlineData("""{ "camera": "network", "address": "none", "board": "Pi5" }""", 78, "must be an address")]
    [InlineData("""{ "board": "Pi5", "broker": "b:8883", "vehicle": "Truck 7" }""", 78, "Mqtt:Vehicle")]
    [InlineData("""{ "board": ["Pi5"] }""", 78, "An answer is a text")]
    [InlineData("""{ "board": "Pi5", "board": "None" }""", 78, "board: it is answered twice")]
    [InlineData("[]", 78, "one JSON object")]
    [InlineData("", 78, "it is empty")]
    [InlineData("""{ "board": "Pi5", """, 78, "one JSON object")]
    [InlineData(null, 66, "cannot be read")]
    public async Task A_fleet_answers_beforehand(string? answers, int expected, string says)
    {
        var file = Path.Combine(_folder, "answers.json");
        if (answers is not null) File.WriteAllText(file, answers);

        var (code, output, errors) = await TheProgram.RunAsync("setup", "--config", Settings, "--answers", file);

        Assert.True(code == expected, output + errors);
        Assert.Contains(says, output + errors, StringComparison.Ordinal);
        Assert.Equal(expected == 0, File.Exists(Settings));
    }

    [Fact]
    public async Task A_password_is_kept_with_the_settings_and_not_without_them()
    {
        var (file, secret) = (Path.Combine(_folder, "answers.json"), Path.Combine(_folder, "credentials", "password"));
        const string Answers = """{ "board": "Pi5", "broker": "b:8883", "user": "truck-7", "password": "s3cret word", """;
        File.WriteAllText(file, Answers + """ "colour": "red" }""");
        await Tool.RunAsync("chmod", "600", file);

        var (code, output, errors) = await TheProgram.RunAsync("setup", "--config", Settings, "--answers", file);
        Assert.True(code == ExitCode.BadConfiguration && !File.Exists(secret), output + errors);

        File.WriteAllText(file, Answers + """ "tls": "false" }""");
        (code, output, errors) = await TheProgram.RunAsync("setup", "--config", Settings, "--answers", file);
        Assert.True(code == 0, output + errors);
        Assert.Equal("s3cret word\n", File.ReadAllText(secret));
    }

    /// <summary>The likeliest slip of all is a missing sudo.</summary>
    [Theory]
    [InlineData("", "It is a folder")]
    [InlineData("no/such/folder/drivermonitor.json", "There is no folder")]
    [InlineData("/proc/drivermonitor.json", "cannot be written")]
    public async Task Who_cannot_write_the_settings_hears_it_before_the_first_question(string file, string says)
    {
        var (code, output, errors) = await TheProgram.RunAsync("setup", "--config", Path.Combine(_folder, file));

        Assert.True(code == ExitCode.BadConfiguration, output + errors);
        Assert.Equal("", output);
        Assert.Contains(says, Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private static string Number(BoardKind board) => $"{Array.IndexOf(Enum.GetNames<BoardKind>(), board.ToString()) + 1}";

    private async Task<(int Code, string Output)> Answer(params string[] answers)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "drivermonitor.dll"), "setup", "--config", Settings])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var setup = Process.Start(start)!;
        var output = setup.StandardOutput.ReadToEndAsync();
        var errors = setup.StandardError.ReadToEndAsync();
        foreach (var answer in answers) await setup.StandardInput.WriteLineAsync(answer);
        setup.StandardInput.Close();
        await setup.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
        return (setup.ExitCode, await output + await errors);
    }
}
