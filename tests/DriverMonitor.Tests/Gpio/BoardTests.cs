using System.ComponentModel.DataAnnotations;
using System.Text;
using DriverMonitor.Gpio;
using Microsoft.Extensions.Configuration;

namespace DriverMonitor.Tests.Gpio;

public sealed class BoardTests
{
    private const string MissingChip = "99";

    [Fact]
    public void A_missing_chip_is_one_line_that_says_what_to_do()
    {
        var error = Assert.Throws<BoardException>(() =>
            Board.Open(new() { Board = BoardKind.Chip, Chip = MissingChip }, TimeProvider.System));

        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains("GPIO", error.Message, StringComparison.Ordinal);
        Assert.Contains("Gpio:Board", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_no_chip_has_is_named()
    {
        var error = Assert.Throws<BoardException>(() =>
            Board.Open(new() { Board = BoardKind.Chip, Chip = "no-such-chip" }, TimeProvider.System));

        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_missing_PWM_channel_is_one_line_that_says_what_to_do()
    {
        var error = Assert.Throws<BoardException>(() =>
            Board.Open(new() { Board = BoardKind.Chip, Buzzer = BuzzerKind.Passive, PwmChip = 99 }, TimeProvider.System));

        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains("Gpio:PwmChip", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_says_whether_the_buzzer_can_be_used()
    {
        Assert.StartsWith(
            "NO BUZZER", GpioProbe.Check(new() { Board = BoardKind.None }, TimeProvider.System).Text, StringComparison.Ordinal);
        Assert.False(GpioProbe.Check(new() { Board = BoardKind.None }, TimeProvider.System).Ok);
        Assert.False(GpioProbe.Check(new() { Board = BoardKind.Virtual }, TimeProvider.System).Ok);
        Assert.False(GpioProbe.Check(new() { Board = BoardKind.Chip, Chip = MissingChip }, TimeProvider.System).Ok);
    }

    [Fact]
    public void A_missing_board_leaves_a_silent_one_and_says_why()
    {
        using var board = Board.OpenOrGoOn(
            new()
            {
                Board = BoardKind.Chip,
                Chip = MissingChip,
                LampLine = 27,
            },
            TimeProvider.System,
            out var trouble);

        board.Sounder.Sound(2000, volume: 1);
        board.Sounder.Silence();
        Assert.Null(board.Lamp);
        Assert.StartsWith("GPIO", trouble, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pi4", "pinctrl-bcm2711", 17)]
    [InlineData("pi5", "pinctrl-rp1", 17)]
    [InlineData("JetsonOrinNano", "tegra234-gpio", 112)]
    [InlineData("Chip", "0", 17)]
    public void A_board_by_name_brings_its_chip_and_line_and_both_can_be_overridden(string name, string chip, int line)
    {
        var board = Enum.Parse<BoardKind>(name, ignoreCase: true);
        var (plain, own) = (new GpioSettings { Board = board }, new GpioSettings { Board = board, Chip = "4", BuzzerLine = 5 });

        Assert.Equal((chip, line), (plain.ChipName, plain.BuzzerLineUsed));
        Assert.Equal(("4", 5), (own.ChipName, own.BuzzerLineUsed));
    }

    public static readonly TheoryData<string, int> Contradictions = new()
    {
        { """{ }""", 0 },
        { """{ "BuzzerLine": 5, "LampLine": 5 }""", 1 },
        { """{ "LampLine": 17 }""", 1 },
        { """{ "ButtonLine": 6, "RelayLine": 6 }""", 1 },
        { """{ "Board": "Chip", "Buzzer": "Passive", "ActiveLow": true }""", 1 },
        { """{ "Board": "Chip", "Buzzer": "Passive", "LampLine": 17 }""", 0 },
        { """{ "LampRequired": true }""", 1 },
        { """{ "LampRequired": true, "CameraLampLine": 22 }""", 0 },
        { """{ "LampRequired": true, "CameraLampLine": 22, "Board": "None" }""", 1 },
        { """{ "QuietFrom": "22:00" }""", 1 },
        { """{ "QuietFrom": "22:00", "QuietUntil": "06:30" }""", 0 },
        { """{ "RelayFrom": "None" }""", 1 },
    };

    [Theory, MemberData(nameof(Contradictions))]
    public void Settings_that_contradict_themselves_are_refused(string json, int faults)
    {
        var read =
            new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build().Get<GpioSettings>()
            ?? new();

        Assert.Equal(faults, Faults(read).Count);
    }

    private static List<ValidationResult> Faults(GpioSettings settings)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new(settings), faults, validateAllProperties: true);
        return faults;
    }
}
