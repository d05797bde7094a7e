using System.Text.Json;

namespace DriverMonitor.Core.Wire;

/// <summary>
/// Numbers as lines show them: rounded half away from zero, without trailing zeros, and never anything but a number.
/// </summary>
internal static class JsonNumbers
{
    public static void Write(this Utf8JsonWriter json, string name, double value, int decimals = 3) =>
        json.WriteNumber(name, (decimal)Math.Round(value, decimals, MidpointRounding.AwayFromZero));

    public static void Write(this Utf8JsonWriter json, string name, double? value, int decimals = 3)
    {
        if (value is { } number && double.IsFinite(number)) json.Write(name, number, decimals);
        else json.WriteNull(name);
    }
}
