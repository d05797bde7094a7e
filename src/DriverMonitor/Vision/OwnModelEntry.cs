using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using DriverMonitor.Files;

namespace DriverMonitor.Vision;

/// <summary>An operator's own classifier, as the file beside it describes it; <c>models/README.md</c> shows one.</summary>
/// <param name="File">The network, in the folder of this entry.</param>
/// <param name="Crop">What it is shown: torso, face or picture.</param>
/// <param name="Threshold">Of its answer, 0 to 1: from here on one look speaks for what it looks for.</param>
/// <param name="EverySeconds">How often it is asked, 0.2 to 60.</param>
internal sealed record OwnModelEntry(
    string File, long Bytes, string Sha256, string Licence, OwnInput Input, OwnOutput Output, string Crop, double Threshold,
    double EverySeconds)
{
    private const int SmallestSide = 16, LargestSide = 1024, LargestOutput = 1 << 22;

    /// <exception cref="ModelException">It cannot be read, or asks for what is not done.</exception>
    public static OwnModelEntry Read(string path)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(StoredFile.ReadBytes(path), OwnModelJson.Default.OwnModelEntry)
                ?? throw new JsonException("it is empty");
            return entry.Fault is { } fault ? throw new ModelException($"Model entry {path}: {fault}.") : entry;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelException($"Model entry {path} cannot be read: {ShownText.Line(e.Message)}");
        }
    }

    /// <summary>The network's bytes.</summary>
    /// <exception cref="ModelException">They are not those of the entry.</exception>
    public byte[] Load(string path)
    {
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, File);
        try
        {
            var bytes = StoredFile.ReadBytes(file);
            if (bytes.LongLength == Bytes && Convert.ToHexStringLower(SHA256.HashData(bytes)) == Sha256) return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"Model {file} cannot be read: {ShownText.Line(e.Message)}");
        }

        throw new ModelException($"Model {file} is not the one of its entry: its size or SHA-256 is another.");
    }

    private string? Fault =>
        File.Contains('/', StringComparison.Ordinal) ? "File is a name, not a path"
        : Sha256.Length != 64 ? "Sha256 has 64 hexadecimal digits"
        : Input is not { Width: >= SmallestSide and <= LargestSide, Height: >= SmallestSide and <= LargestSide }
            ? $"Input:Width and Height must be {SmallestSide} to {LargestSide}"
        : Input.Order is not ("NHWC" or "NCHW") ? "Input:Order is NHWC or NCHW"
        : Input.Colour is not ("RGB" or "BGR") ? "Input:Colour is RGB or BGR"
        : !IsThree(Input.Scale) || !IsThree(Input.Offset) ? "Input:Scale and Offset are three numbers each"
        : Output.Activation is not ("none" or "sigmoid" or "softmax") ? "Output:Activation is none, sigmoid or softmax"
        : !IsShape(Output.Shape) ? "Output:Shape is [1, rows] or [1, rows, places], some millions of numbers at most"
        : Output.Row < 0 || Output.Row >= Output.Shape[1] ? "Output:Row lies outside Output:Shape"
        : Output is { Activation: "softmax", Shape.Length: 3 } ? "Output:Activation softmax needs the shape [1, rows]"
        : Crop is not ("torso" or "face" or "picture") ? "Crop is torso, face or picture"
        : !(Threshold is > 0 and < 1) ? "Threshold lies between 0 and 1"
        : !(EverySeconds is >= 0.2 and <= 60) ? "EverySeconds is 0.2 to 60" : null;

    private static bool IsThree(float[] numbers) => numbers.Length == 3 && Array.TrueForAll(numbers, float.IsFinite);

    private static bool IsShape(long[] shape)
    {
        if (shape.Length is not (2 or 3) || shape[0] != 1) return false;
        var length = 1L;
        foreach (var side in shape)
        {
            if (side is < 1 or > LargestOutput) return false;
            length *= side;
        }

        return length <= LargestOutput;
    }
}

/// <summary>A picture: value = pixel (0..255) * scale + offset, for each channel in the order of the colours.</summary>
internal sealed record OwnInput(
    string Name, int Width, int Height, string Order, string Colour, float[] Scale, float[] Offset);

/// <summary>Which of its numbers is the answer: a row, and of its places the largest.</summary>
internal sealed record OwnOutput(string Name, long[] Shape, int Row, string Activation);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OwnModelEntry))]
internal sealed partial class OwnModelJson : JsonSerializerContext;
