namespace DriverMonitor.HeartRate.Bluez.Bus;

/// <summary>What a message is; the numbers are the bus's own.</summary>
internal enum BusMessageKind : byte { Call = 1, Return = 2, Error = 3, Signal = 4 }

/// <summary>One message of the bus, read whole.</summary>
/// <param name="Path">The object it speaks of; empty in answers.</param>
/// <param name="AnswerTo">The cookie of the call that it answers.</param>
/// <param name="Error">The error's name, such as <c>org.bluez.Error.Failed</c>, and what it says.</param>
/// <param name="Body">
/// The arguments: text, <see cref="bool"/>, <see cref="long"/> for every whole number, <see cref="double"/>, arrays (of bytes, of
/// text, of any) and dictionaries by text. Variants are opened.
/// </param>
internal sealed record BusMessage(
    BusMessageKind Kind, string Path, string Interface, string Member, IReadOnlyList<object> Body,
    ulong AnswerTo = 0, BusError? Error = null);

/// <summary>Why a call failed.</summary>
internal sealed record BusError(string Name, string Text)
{
    public override string ToString() => Text.Length == 0 ? Name : $"{Text} ({Name})";
}
