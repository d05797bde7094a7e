using System.Reflection;
using System.Text.Json;

namespace DriverMonitor.Core.Tests.Vectors;

/// <summary>The two files of inputs and expected figures that lie beside this one.</summary>
internal static class Vector
{
    public static readonly JsonElement Cases = Load("scoring-vectors");
    public static readonly JsonElement Defaults = Load("scoring-defaults");

    public static double? Number(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public static double[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    private static JsonElement Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
