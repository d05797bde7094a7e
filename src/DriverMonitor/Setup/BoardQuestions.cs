using System.Globalization;
using DriverMonitor.Configuration;
using DriverMonitor.Gpio;
using DriverMonitor.Monitoring;

namespace DriverMonitor.Setup;

/// <summary>On which pin of which board the buzzer hangs; never on none by accident.</summary>
/// <param name="now">The settings as they are: what an empty answer keeps.</param>
internal sealed class BoardQuestions(IDialogue dialogue, SettingsDraft draft, MonitorOptions now)
{
    private static readonly BoardKind[] Boards = Enum.GetValues<BoardKind>();

    /// <exception cref="ConfigurationException">No board was named.</exception>
    public void Ask()
    {
        dialogue.Print("Outputs: the buzzer hangs on");
        var usual = now.Gpio.Board != BoardKind.Virtual ? now.Gpio.Board : BoardTable.Detect();
        BoardKind board;
        do
        {
            var chosen = dialogue.Choose("board", "Which board", [.. Boards.Select(ChoiceOf)], usual is null ? null : Array.IndexOf(Boards, usual))
                ?? throw new ConfigurationException(
                    "Nothing was written: setup needs to know the board, or nobody would hear an alert. Answer its number.");
            board = Boards[chosen];
        }
        while (IsSilent(board) && !IsMeant(board));

        if (board != now.Gpio.Board) Clear();
        draft.Set("Gpio:Board", board.ToString());
        if (board == BoardKind.Chip) AskLine();
    }

    private static Choice ChoiceOf(BoardKind board) => new(board.ToString(), board switch
    {
        BoardKind.Pi4 => "Raspberry Pi 4: buzzer at pin 11 (GPIO 17)",
        BoardKind.Pi5 => "Raspberry Pi 5: buzzer at pin 11 (GPIO 17)",
        BoardKind.JetsonOrinNano => "Jetson Orin Nano: buzzer at pin 11 (line 112)",
        BoardKind.Chip => "another board: its GPIO chip and line are asked for",
        BoardKind.Virtual => "nothing, only for trying it on a desk: NO BUZZER",
        _ => $"{board}: NO BUZZER",
    }, IsSilent(board) ? 2 : board == BoardKind.Chip ? 1 : 0);

    private static bool IsSilent(BoardKind board) => board is BoardKind.None or BoardKind.Virtual;

    private bool IsMeant(BoardKind board)
    {
        dialogue.Print("  NO BUZZER: with this answer no alert is heard in the vehicle.");
        return dialogue.Confirm("no_buzzer", "Go on without a buzzer", byDefault: board == BoardKind.None && now.Gpio.Board == board);
    }

    /// <summary>The lines of another board are not this one's.</summary>
    private void Clear()
    {
        draft.Set("Gpio:Chip", null);
        draft.Set("Gpio:BuzzerLine", null);
    }

    private void AskLine()
    {
        var chips = Directory.GetFiles("/dev", "gpiochip*");
        if (chips.Length > 0) dialogue.Print($"  found: {string.Join(", ", chips.Order(StringComparer.Ordinal))}");
        var chip = dialogue.Prompt("chip", "GPIO chip, its number or label", now.Gpio.Chip ?? "0");
        if (chip != (now.Gpio.Chip ?? "0")) draft.Set("Gpio:Chip", chip);
        var usual = now.Gpio.BuzzerLine ?? BoardTable.Of(BoardKind.Chip).BuzzerLine;
        var line = dialogue.Prompt(
            "buzzer_line", "Line of the buzzer, the chip's own number", usual.ToString(CultureInfo.InvariantCulture),
            answer => int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? draft.FaultWith("Gpio:BuzzerLine", number) : "Give a number from 0 to 1023.");
        if (int.Parse(line, CultureInfo.InvariantCulture) is var wanted && wanted != usual) draft.Set("Gpio:BuzzerLine", wanted);
    }
}
