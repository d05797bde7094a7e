using System.Text.Json.Serialization;

namespace DriverMonitor.Vision;

/// <summary>What <c>models/manifest.json</c> says: which files, their hashes, and how pixels become their inputs.</summary>
/// <param name="Version">Of this format.</param>
/// <param name="Release">Counts up with every set that is signed apart from the program: an older one is not gone back to.</param>
internal sealed record ModelManifest(int Version, ModelEntry[] Models, int Release = 0);

/// <summary>One model. Preprocessing is data here, so that code and card cannot disagree.</summary>
/// <param name="Optional">The watch goes on without it.</param>
/// <param name="Architecture">Null for every processor; else the only one that this file is laid out for: x64 or arm64.</param>
internal sealed record ModelEntry(
    string Name,
    string File,
    long Bytes,
    string Sha256,
    string Licence,
    ModelInput Input,
    ModelOutput[] Outputs,
    string? Architecture = null,
    bool Optional = false)
{
    /// <summary>Names the model in alerts: <c>face-mesh@abf651f7</c>.</summary>
    public string Label => $"{Name}@{Sha256[..8]}";
}

/// <summary>A model's picture: value = pixel (0..255) * scale + offset, RGB, rows of pixels of channels (NHWC).</summary>
/// <param name="Shape">Of an input that is no picture; null for the shape of a picture.</param>
internal sealed record ModelInput(
    string Name, int Width, int Height, string Colour, string Order, float Scale, float Offset, long[]? Shape = null);

internal sealed record ModelOutput(string Name, long[] Shape);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
