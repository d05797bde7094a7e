using System.ComponentModel.DataAnnotations;
using DriverMonitor.Gpio;

namespace DriverMonitor.Tests.Gpio;

public sealed class BoardTests
{
    private const string MissingChip = "99";

    [Fact]
    public void A_missing_chip_is_one_line_that_says_what_to_do()
    {
        var error = Assert.Throws<BoardException>(() => Board.Open(new() { Board = BoardKind.Chip, Chip = MissingChip }, TimeProvider.System));

        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains("GPIO", error.Message, StringComparison.Ordinal);
        Assert.Contains("Gpio:Board", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_no_chip_has_is_named()
    {
        var error = Assert.Throws<BoardException>(() => Board.Open(new() { Board = BoardKind.Chip, Chip = "no-such-chip" }, TimeProvider.System));

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
        Assert.True(GpioProbe.Check(new() { Board = BoardKind.None }, TimeProvider.System).Ok);
        Assert.True(GpioProbe.Check(new() { Board = BoardKind.Virtual }, TimeProvider.System).Ok);
        Assert.False(GpioProbe.Check(new() { Board = BoardKind.Chip, Chip = MissingChip }, TimeProvider.System).Ok);
    }

    [Fact]
    public void Settings_that_contradict_themselves_are_refused()
    {
        Assert.Empty(Faults(new()));
        Assert.Single(Faults(new() { BuzzerLine = 5, LampLine = 5 }));
        Assert.Single(Faults(new() { Board = BoardKind.Chip, Buzzer = BuzzerKind.Passive, ActiveLow = true }));
    }

    private static List<ValidationResult> Faults(GpioSettings settings)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new(settings), faults, validateAllProperties: true);
        return faults;
    }
}
