using System.Globalization;
using DriverMonitor.Configuration;

namespace DriverMonitor.Telemetry;

/// <summary>How the board itself is, for <c>drivermonitor check</c>.</summary>
internal static class BoardProbe
{
    /// <returns>Null where the kernel says nothing about it.</returns>
    public static CheckLine? Check(BoardHealth board)
    {
        var (isVoltageLow, isSlowed, celsius) = board.Read();
        if (isVoltageLow is null && isSlowed is null && celsius is null) return null;
        string?[] said =
        [
            celsius is { } warm ? string.Create(CultureInfo.InvariantCulture, $"{warm:F0} °C") : null,
            isVoltageLow switch { true => "its supply is too weak: take a stronger one, and a cable for its current", false => "supply fine", _ => null },
            isSlowed switch { true => "slowed down: give it air or a heat sink", false => "at full speed", _ => null },
        ];
        return new("board", isVoltageLow != true && isSlowed != true, string.Join(", ", said.OfType<string>()));
    }
}
