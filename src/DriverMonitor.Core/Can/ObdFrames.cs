namespace DriverMonitor.Core.Can;

/// <summary>What the engine says when it is asked.</summary>
/// <param name="SpeedKmh">Null where the frame does not say it.</param>
/// <param name="EngineRpm">Likewise.</param>
public readonly record struct ObdAnswer(double? SpeedKmh, double? EngineRpm);

/// <summary>
/// The two questions of OBD-II that are asked, and their answers: current data (service 01), single frames of ISO 15765-2, to all
/// controllers of the emission system at once (0x7DF). The parameters are those of SAE J1979.
/// </summary>
public static class ObdFrames
{
    private const byte CurrentData = 0x01, AnswersCurrentData = 0x41, Rpm = 0x0C, Speed = 0x0D;
    private const uint Everybody = 0x7DF, FirstAnswer = 0x7E8, SameInAnswers = 0x7F8;

    // Unused bytes are 0x55, which needs no stuff bits (ISO 15765-2 leaves the value to whoever sends).
    private const byte Padding = 0x55;

    /// <summary>The only frames that this program ever sends.</summary>
    public static IReadOnlyList<CanFrame> Requests { get; } = [Request(Speed), Request(Rpm)];

    /// <summary>The identifiers of the controllers that answer, 0x7E8 to 0x7EF.</summary>
    public static CanIdRange Answers { get; } = new(new(FirstAnswer, IsExtended: false), SameInAnswers);

    /// <summary>Null for a frame that is no answer to one of ours.</summary>
    public static ObdAnswer? Read(in CanFrame frame)
    {
        if (!Answers.Contains(frame.Id)) return null;
        var length = frame[0];
        if (frame.Length < length + 1 || length < 3 || frame[1] != AnswersCurrentData) return null;
        return (frame[2], length) switch
        {
            (Speed, 3) => new(frame[3], null),
            (Rpm, 4) => new(null, (frame[3] * 256 + frame[4]) / 4.0),
            _ => null,
        };
    }

    private static CanFrame Request(byte parameter) => CanFrame.Of(
        new(Everybody, IsExtended: false),
        [2, CurrentData, parameter, Padding, Padding, Padding, Padding, Padding]);
}
